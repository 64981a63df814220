//! The client that behaves: at most so many requests at once, each attempt bounded, transient failures tried again.

use std::sync::Arc;

use steadfast::{Bulkhead, PolicyError, bounded, retry, timeout};

use super::crawl;
use super::site::{FetchError, Page, Site};
use super::tally::Tally;

/// A client of one site.
#[derive(Debug)]
pub(crate) struct Client {
    site: Site,
    limit: Bulkhead,
    tally: Arc<Tally>,
}

impl Client {
    /// A client that has at most `limit` requests in flight.
    pub(crate) fn new(site: Site, limit: usize, tally: Arc<Tally>) -> Self {
        Self { site, limit: Bulkhead::new(limit), tally }
    }

    /// Fetches every page that can be reached from the index, for half a minute at most.
    ///
    /// # Errors
    /// When the half minute is over.
    #[timeout(30s)]
    pub(crate) async fn crawl(&self) -> Result<(), PolicyError> {
        crawl::from_index(&self.tally, |page| self.fetch(page)).await;
        Ok(())
    }

    /// Fetches `page`, waiting in line for its turn and trying again where that can help.
    ///
    /// No retry budget: this server says itself when it wants to see a client again.
    #[retry(
        on(FetchError::Status { status: 429 | 503, .. }, FetchError::Transport(_), FetchError::Policy(_)),
        attempts = 8,
        backoff = exp(40ms, cap = 1s),
        retry_after = FetchError::retry_after,
        budget = none,
        idempotent
    )]
    #[bounded(by = self.limit)]
    async fn fetch(&self, page: u32) -> Result<Page, FetchError> {
        self.request(page).await
    }

    /// Requests `page` once. The clock starts here and not in `fetch`, whose attempts begin with waiting in line.
    #[timeout(400ms)]
    async fn request(&self, page: u32) -> Result<Page, FetchError> {
        self.site.get(page).await
    }
}
