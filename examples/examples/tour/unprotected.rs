//! The same client without the attributes: every page at once as soon as it is known, one try each.

use std::sync::Arc;

use super::crawl;
use super::site::Site;
use super::tally::Tally;

/// A client of one site.
#[derive(Debug)]
pub(crate) struct Client {
    site: Site,
    tally: Arc<Tally>,
}

impl Client {
    /// A client without limits.
    pub(crate) fn new(site: Site, tally: Arc<Tally>) -> Self {
        Self { site, tally }
    }

    /// Fetches every page that can be reached from the index.
    pub(crate) async fn crawl(&self) {
        crawl::from_index(&self.tally, |page| self.site.get(page)).await;
    }
}
