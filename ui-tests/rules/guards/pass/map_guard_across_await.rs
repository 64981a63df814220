#![deny(warnings)]
//! The same methods of maps that lock nothing, and guards of `dashmap` that end in time.

use std::collections::{BTreeMap, HashMap};

use dashmap::DashMap;

async fn render(_: &str) {}

struct Site {
    pages: DashMap<u32, String>,
    plain: HashMap<u32, String>,
    sorted: BTreeMap<u32, String>,
}

impl Site {
    #[steadfast::checked]
    async fn in_a_block(&self) {
        let page = {
            let page = self.pages.get(&1);
            page.map(|page| page.value().clone()).unwrap_or_default()
        };
        render(&page).await;
    }

    #[steadfast::checked]
    async fn cloned(&self) {
        let page = self.pages.get(&1).map(|page| page.value().clone());
        render(&page.unwrap_or_default()).await;
    }

    #[steadfast::checked]
    async fn of_std(&mut self) {
        let page = self.plain.entry(1).or_default();
        page.push('a');
        render(page).await;
        for page in self.sorted.iter() {
            render(page.1).await;
        }
        let page = self.plain.get(&1);
        render(page.map_or("", |page| page)).await;
    }
}

fn main() {
    let mut site = Site { pages: DashMap::new(), plain: HashMap::new(), sorted: BTreeMap::new() };
    drop(site.in_a_block());
    drop(site.cloned());
    drop(site.of_std());
}
