//! The iterator of a `dashmap` keeps a part of the map locked from one entry to the next.

use std::sync::Arc;

use dashmap::{DashMap, DashSet};

async fn render(_: &str) {}

#[steadfast::checked]
async fn certain(pages: Arc<dashmap::DashMap<u32, String>>) {
    for page in pages.iter() {
        render(&page).await;
    }
    for page in &*pages {
        let text = page.value().clone();
        drop(page);
        render(&text).await;
    }
}

struct Site {
    pages: DashMap<u32, String>,
    names: DashSet<String>,
}

impl Site {
    #[steadfast::checked]
    async fn changed(&self) {
        for mut page in self.pages.iter_mut() {
            page.push('a');
            render(&page).await;
        }
    }

    #[steadfast::checked]
    async fn lazily_copied(&self) {
        for name in self.names.iter().map(|name| name.clone()).take(3) {
            render(&name).await;
        }
    }
}

fn main() {}
