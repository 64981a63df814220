//! One GET of one page, as plain as it gets: no limit, no deadline, no second try.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use steadfast::PolicyError;
use tokio::time::Instant;

use super::pages;
use super::tally::Tally;

/// The site, as seen by a client.
#[derive(Debug)]
pub(crate) struct Site {
    http: reqwest::Client,
    origin: String,
    tally: Arc<Tally>,
}

/// A page of the site.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) links: Vec<u32>,
}

/// Why a page could not be had. The text is the reason as the table shows it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    /// The server answered, but not with the page.
    #[error("{status} {reason}")]
    Status { status: u16, reason: &'static str, retry_after: Option<Duration> },
    /// The server did not answer.
    #[error("connection lost")]
    Transport(#[from] reqwest::Error),
    /// A policy ended the attempt: its time was up.
    #[error("attempt timed out")]
    Policy(#[from] PolicyError),
}

impl FetchError {
    /// How long the server asked to stay away.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            Self::Transport(_) | Self::Policy(_) => None,
        }
    }
}

impl Site {
    /// The site at `address`.
    ///
    /// # Errors
    /// When the HTTP client cannot be built.
    pub(crate) fn new(address: SocketAddr, tally: Arc<Tally>) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            // A proxy from the environment would stand between the client and its own process.
            .no_proxy()
            // Both ends of each connection are in this process, and some systems let it have 256 files open.
            .pool_idle_timeout(Duration::from_millis(200))
            .build()?;
        Ok(Self { http, origin: format!("http://{address}"), tally })
    }

    /// Fetches `page` once.
    pub(crate) async fn get(&self, page: u32) -> Result<Page, FetchError> {
        self.tally.attempt();
        let began = Instant::now();
        let response = self.http.get(format!("{}/page/{page}", self.origin)).send().await?;
        let status = response.status();
        if status != StatusCode::OK {
            return Err(FetchError::Status {
                status: status.as_u16(),
                reason: status.canonical_reason().unwrap_or_default(),
                retry_after: retry_after(response.headers()),
            });
        }
        let links = pages::links_in(&response.text().await?);
        self.tally.answered(began.elapsed());
        Ok(Page { links })
    }
}

/// The header in its form with whole seconds; the other one is a date, which this server does not send.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_in_seconds_or_not_at_all() {
        let of =
            |value: &'static str| retry_after(&HeaderMap::from_iter([(RETRY_AFTER, value.parse().unwrap())]));
        assert_eq!(of("2"), Some(Duration::from_secs(2)));
        assert_eq!(of("-1"), None);
        assert_eq!(of("Wed, 21 Oct 2026 07:28:00 GMT"), None);
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
