use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use dashmap::{DashMap, DashSet};

struct Site {
    pages: DashMap<u32, String>,
}

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

async fn loop_over_entries(pages: Arc<DashMap<u32, String>>) {
    for page in pages.iter() { //~ map_guard_across_await
        load(&page).await;
    }
}

async fn loop_over_entries_to_change(pages: &DashMap<u32, String>) {
    for mut page in pages.iter_mut() { //~ map_guard_across_await
        page.push('a');
        load(&page).await;
    }
}

async fn loop_over_a_borrow(pages: Arc<DashMap<u32, String>>) {
    for page in &*pages { //~ map_guard_across_await
        load(page.value()).await;
    }
}

async fn loop_over_a_set(names: DashSet<String>) {
    for name in names.iter() { //~ map_guard_across_await
        load(&name).await;
    }
}

/// The iterator keeps the part of the map locked, with or without an entry of it.
async fn loop_with_the_entry_dropped(pages: &DashMap<u32, String>) {
    for page in pages.iter() { //~ map_guard_across_await
        let text = page.value().clone();
        drop(page);
        load(&text).await;
    }
}

async fn loop_over_lazy_copies(pages: &DashMap<u32, String>) {
    for (index, text) in pages.iter().map(|page| page.value().clone()).enumerate() { //~ map_guard_across_await
        load(&text).await;
    }
}

async fn loop_over_a_field(site: &Site) {
    for page in site.pages.iter() { //? map_guard_across_await
        load(&page).await;
    }
}

async fn loop_to_change_what_is_unknown(site: &Site) {
    for mut page in site.pages.iter_mut() { //? map_guard_across_await
        page.push('a');
        load(&page).await;
    }
}

impl Site {
    async fn loop_over_its_own_field(&self) {
        for page in self.pages.iter() { //~ map_guard_across_await
            load(&page).await;
        }
    }
}

async fn loop_over_a_variable(pages: &DashMap<u32, String>) {
    let all = pages.iter();
    for page in all { //~ map_guard_across_await
        load(page.value()).await;
    }
    let mut texts = pages.iter().map(|page| page.clone());
    for text in &mut texts { //~ map_guard_across_await
        load(&text).await;
    }
    for text in texts.by_ref().take(3) { //~ map_guard_across_await
        load(&text).await;
    }
}

async fn step_by_step(pages: &DashMap<u32, String>) {
    let mut all = pages.iter();
    while let Some(page) = all.next() { //~ map_guard_across_await
        let text = page.value().clone();
        drop(page);
        load(&text).await;
    }
}

async fn over_a_variable_of_a_type_that_is_not_told(site: &Site) {
    let mut all = site.pages.iter();
    while let Some(page) = all.next() { //? map_guard_across_await
        load(&page).await;
    }
    for page in all { //? map_guard_across_await
        load(&page).await;
    }
}

#[cfg(unix)]
async fn conditional(site: &Site) {
    #[cfg(target_os = "linux")]
    for page in site.pages.iter() { //? map_guard_across_await
        load(&page).await;
    }
}

async fn left_before_the_await(pages: &DashMap<u32, String>) {
    let mut all = pages.iter();
    while let Some(page) = all.next() {
        let text = page.value().clone();
        drop(page);
        drop(all);
        load(&text).await;
        break;
    }
}

async fn variables_that_hold_no_iterator(pages: &DashMap<u32, String>, mut numbers: Stream) {
    let texts = pages.iter().map(|page| page.clone()).collect::<Vec<_>>();
    for text in texts {
        load(&text).await;
    }
    let count = pages.iter().count();
    for _ in 0..count {
        load("a").await;
    }
    while let Some(number) = numbers.next().await {
        load("a").await;
    }
    let all = pages.iter();
    let lengths: Vec<usize> = all.map(|page| page.len()).collect();
    for length in lengths.into_iter() {
        load("a").await;
    }
    let mut all = pages.iter();
    while let Some(page) = all.next() {
        println!("{}", page.value());
    }
    load("a").await;
}

async fn shadowed(pages: &DashMap<u32, String>, numbers: Vec<u32>) {
    let all = pages.iter();
    drop(all);
    let all = numbers;
    for number in all {
        load("a").await;
    }
}

async fn loop_over_what_was_collected(pages: &DashMap<u32, String>) {
    let texts: Vec<String> = pages.iter().map(|page| page.value().clone()).collect();
    for text in &texts {
        load(text).await;
    }
}

async fn loop_over_what_is_collected_in_its_head(pages: &DashMap<u32, String>) {
    for text in pages.iter().map(|page| page.clone()).collect::<Vec<_>>() {
        load(&text).await;
    }
}

async fn loop_over_a_plain_map(pages: BTreeMap<u32, String>) {
    for page in pages.iter().map(|(_, page)| page) {
        load(page).await;
    }
}

async fn loop_without_await(pages: &DashMap<u32, String>) {
    for page in pages.iter() {
        println!("{}", page.value());
    }
    load("a").await;
}

async fn loop_that_spawns(pages: &DashMap<u32, String>) {
    for page in pages.iter() {
        let text = page.value().clone();
        tokio::spawn(async move { load(&text).await });
    }
}

async fn loop_left_in_front_of_the_await(pages: &DashMap<u32, String>) {
    let mut first = None;
    for page in pages.iter() {
        first = Some(page.value().clone());
        break;
    }
    load(&first.unwrap_or_default()).await;
}

async fn loop_left_from_inside(pages: &DashMap<u32, String>) {
    for page in pages.iter() { //~ map_guard_across_await
        return load("a").await;
    }
}

async fn loop_over_what_may_be_a_map(numbers: Vec<u32>) {
    for number in numbers.iter() { //? map_guard_across_await
        load("a").await;
    }
}

async fn loop_over_other_collections(numbers: Vec<u32>, mut pages: HashMap<u32, String>) {
    for number in numbers {
        load("a").await;
    }
    for (number, page) in pages.iter_mut() {
        load(page).await;
    }
    for (number, page) in &pages {
        load(page).await;
    }
}

async fn loop_over_the_map_itself(pages: DashMap<u32, String>) {
    for (number, page) in pages {
        load(&page).await;
    }
}

async fn loop_over_the_number_of_entries(pages: &DashMap<u32, String>) {
    for _ in 0..pages.iter().count() {
        load("a").await;
    }
}

fn loop_of_a_thread(pages: &DashMap<u32, String>) {
    for page in pages.iter() {
        tokio::runtime::Handle::current().block_on(load(&page));
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

async fn filled(pages: &DashMap<u32, String>) {
    let page = pages.entry(1).or_default(); //~ map_guard_across_await
    load(&page).await;
}

async fn filled_or_changed(site: Arc<Site>) {
    let mut page = site.pages.entry(1).and_modify(|page| page.push('a')).or_insert_with(String::new); //? map_guard_across_await
    load("a").await;
    page.push('b');
}

async fn filled_and_copied(pages: &DashMap<u32, String>) {
    let page = pages.entry(1).or_default().clone();
    load(&page).await;
}

async fn filled_in_a_block(pages: &DashMap<u32, String>) {
    {
        let mut page = pages.entry(1).or_default();
        page.push('a');
    }
    load("a").await;
}

async fn filled_in_a_map_of_its_own(mut pages: HashMap<u32, String>) {
    let page = pages.entry(1).or_default();
    load(page).await;
}

async fn filled_in_a_tree(pages: &mut BTreeMap<u32, String>) {
    let page = pages.entry(1).and_modify(|page| page.clear()).or_insert(String::new());
    load(page).await;
}

/// A variable that is made of the one of its name.
async fn made_of_its_namesake(pages: Pages) {
    let pages = pages.rev();
    for page in pages {
        work().await;
    }
}

async fn lent_by_its_namesake(mut pages: Pages) {
    let pages = pages.by_ref().take(3);
    for page in pages.skip(1) {
        work().await;
    }
}
