//! What `dashmap` hands out keeps a part of the map locked.

use std::sync::Arc;

use dashmap::DashMap;

async fn render(_: &str) {}

#[steadfast::checked]
async fn certain(pages: Arc<DashMap<u32, String>>) {
    let page = pages.get(&1).unwrap();
    render(&page).await;
}

struct Site {
    pages: DashMap<u32, String>,
}

impl Site {
    #[steadfast::checked]
    async fn asked(&self) {
        let mut page = self.pages.entry(1).or_default();
        page.push('a');
        render(&page).await;
    }
}

fn main() {}
