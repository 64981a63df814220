use std::collections::HashMap;
use std::sync::Arc;

use dashmap::DashMap;

async fn get(pages: Arc<DashMap<u32, String>>) {
    let page = pages.get(&1).unwrap(); //~ map_guard_across_await
    load(&page).await;
}

async fn entry(pages: &DashMap<u32, String>) {
    let mut page = pages.entry(1); //~ map_guard_across_await
    load("a").await;
}

async fn if_let(pages: &DashMap<u32, String>) {
    if let Some(page) = pages.get_mut(&1) { //~ map_guard_across_await
        load(&page).await;
    }
}

async fn unknown(pages: Pages) {
    let page = pages.get(&1); //? map_guard_across_await
    load("a").await;
}

async fn cloned(pages: &DashMap<u32, String>) {
    let page = pages.get(&1).map(|page| page.clone());
    load("a").await;
}

async fn plain_map(pages: HashMap<u32, String>) {
    let page = pages.get(&1).unwrap();
    load(page).await;
}

async fn in_a_block(pages: &DashMap<u32, String>) {
    let page = {
        let page = pages.get(&1).unwrap();
        page.clone()
    };
    load(&page).await;
}

async fn removed(pages: &DashMap<u32, String>) {
    let page = pages.remove(&1);
    load("a").await;
}

async fn inserted(pages: &DashMap<u32, String>) {
    pages.insert(1, String::new());
    load("a").await;
}

async fn load(_: &str) {}
