#![deny(warnings)]
//! The same methods of maps that lock nothing, and guards of `dashmap` that end in time.

use std::collections::{BTreeMap, HashMap};

use dashmap::DashMap;

async fn render(_: &str) {}

struct Site {
    pages: DashMap<u32, String>,
    plain: HashMap<u32, String>,
    sorted: BTreeMap<u32, String>,
    order: Vec<String>,
    locked: tokio::sync::Mutex<Vec<String>>,
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
    async fn collected(&self) {
        for page in self.pages.iter().map(|page| page.value().clone()).collect::<Vec<_>>() {
            render(&page).await;
        }
        for page in self.pages.iter() {
            let page = page.value().clone();
            tokio::spawn(async move { render(&page).await }).abort();
        }
    }

    #[steadfast::checked]
    async fn in_variables(&mut self) {
        let mut order = self.order.iter().map(String::as_str);
        while let Some(page) = order.next() {
            render(page).await;
        }
        let mut sorted = self.sorted.iter_mut();
        for (_, page) in sorted.by_ref().take(1) {
            render(page).await;
        }
        for (_, page) in &mut sorted {
            render(page).await;
        }
        let pages = self.pages.iter().map(|page| page.value().clone());
        let pages: Vec<_> = pages.collect();
        for page in pages {
            render(&page).await;
        }
        let mut pages = self.pages.iter();
        while let Some(page) = pages.next() {
            let page = page.value().clone();
            drop(pages);
            render(&page).await;
            break;
        }
    }

    #[steadfast::checked]
    async fn on_some_platforms(&self) {
        #[cfg(any())]
        for page in self.not_there.iter() {
            render(&page).await;
        }
        #[cfg(not(any()))]
        for page in self.order.iter() {
            render(page).await;
        }
        #[cfg(not(any()))]
        let mut order = self.order.iter().skip(1);
        #[cfg(any())]
        let mut order = self.not_there.iter();
        while let Some(page) = order.next() {
            render(page).await;
        }
    }

    #[steadfast::checked]
    async fn of_inferred_type(&self) {
        let mut lengths = Vec::new();
        for length in lengths.iter().copied().collect::<Vec<_>>() {
            render("a").await;
            let _: usize = length;
        }
        let mut found = Vec::new();
        for page in found.iter() {
            render(String::as_str(page)).await;
        }
        found.extend(self.pages.get(&1).map(|page| page.value().clone()));
        lengths.push(found.len());
    }

    #[steadfast::checked]
    async fn of_std(&mut self) {
        let page = self.plain.entry(1).or_default();
        page.push('a');
        render(page).await;
        for page in self.sorted.iter() {
            render(page.1).await;
        }
        for page in self.plain.iter().map(|(_, page)| page).chain(self.order.iter()) {
            render(page).await;
        }
        for page in self.order.iter_mut() {
            page.push('a');
            render(page).await;
        }
        for page in self.locked.lock().await.iter().skip(1) {
            render(page).await;
        }
        let page = self.plain.get(&1);
        render(page.map_or("", |page| page)).await;
    }
}

fn main() {
    let mut site = Site {
        pages: DashMap::new(),
        plain: HashMap::new(),
        sorted: BTreeMap::new(),
        order: Vec::new(),
        locked: tokio::sync::Mutex::default(),
    };
    drop(site.in_a_block());
    drop(site.cloned());
    drop(site.collected());
    drop(site.in_variables());
    drop(site.on_some_platforms());
    drop(site.of_inferred_type());
    drop(site.of_std());
}
