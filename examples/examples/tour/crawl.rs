//! The crawl itself, the same for both clients: fetch a page, and call for every page it links to.

use std::collections::HashSet;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::time::Instant;

use super::site::{FetchError, Page};
use super::tally::Tally;

/// Calls `fetch` once for each page that can be reached from page 0, as soon as the page is known.
///
/// All calls run in the caller's task, so a deadline around the crawl holds for each of them, and none outlives it.
pub(crate) async fn from_index(tally: &Tally, fetch: impl AsyncFn(u32) -> Result<Page, FetchError>) {
    let mut known = HashSet::from([0]);
    let mut calls = FuturesUnordered::from_iter([links_of(0, tally, &fetch)]);
    while let Some(links) = calls.next().await {
        let new = links.into_iter().filter(|link| known.insert(*link));
        calls.extend(new.map(|page| links_of(page, tally, &fetch)));
    }
}

/// The pages that `page` links to; none where it could not be had.
async fn links_of(
    page: u32,
    tally: &Tally,
    fetch: &impl AsyncFn(u32) -> Result<Page, FetchError>,
) -> Vec<u32> {
    tally.call();
    let began = Instant::now();
    let outcome = fetch(page).await;
    tally.finished(began.elapsed(), outcome.as_ref().err());
    outcome.map_or_else(|_| Vec::new(), |page| page.links)
}
