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

#[steadfast::checked]
async fn in_a_variable(pages: &DashMap<u32, String>, names: DashSet<String>) {
    let all = pages.iter();
    for page in all {
        render(&page).await;
    }
    let mut some = names.iter().skip(1);
    while let Some(name) = some.next() {
        render(&name).await;
    }
    let mut rest = pages.iter_mut();
    rest.next();
    for page in rest.by_ref().take(2) {
        render(&page).await;
    }
}

#[steadfast::checked]
async fn step_by_step(site: &Site) {
    let mut pages = site.pages.iter();
    while let Some(page) = pages.next() {
        let text = page.clone();
        drop(page);
        render(&text).await;
    }
    let mut names = site.names.iter().map(|name| name.clone());
    while let Some(name) = names.next() {
        render(&name).await;
    }
}

#[steadfast::checked]
async fn conditional(pages: Arc<DashMap<u32, String>>, site: Site) {
    #[cfg(not(any()))]
    for page in pages.iter() {
        render(&page).await;
    }
    let mut all = site.pages.iter();
    #[cfg(not(any()))]
    while let Some(page) = all.next() {
        render(&page).await;
    }
}

fn main() {}
