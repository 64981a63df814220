//! One page: limited, timed out, tried again.

use std::sync::Arc;

use steadfast::{Bulkhead, PolicyError, Transient, bounded, retry, timeout};

pub(crate) struct Client {
    http: reqwest::Client,
    limit: Bulkhead,
}

#[derive(Clone, Debug, thiserror::Error, Transient)]
pub(crate) enum FetchError {
    #[error("{url}: {status}")]
    Status { url: String, status: reqwest::StatusCode },
    #[transient]
    #[error("{0}")]
    Transport(#[from] Arc<reqwest::Error>),
    #[policy]
    #[error("{0}")]
    Policy(PolicyError),
}

impl FetchError {
    /// A server that is busy may have time later.
    fn is_busy(&self) -> bool {
        matches!(self, Self::Status { status, .. } if status.is_server_error() || status.as_u16() == 429)
    }
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(Arc::new(error))
    }
}

impl Client {
    pub(crate) fn new(limit: usize) -> Self {
        Self { http: reqwest::Client::new(), limit: Bulkhead::new(limit) }
    }

    /// The text of a page.
    #[retry(on(FetchError::Transport(_), error if error.is_busy()), attempts = 4, backoff = exp(20ms, cap = 1s), idempotent)]
    #[timeout(attempt = 30s)]
    #[bounded(by = self.limit)]
    pub(crate) async fn fetch(&self, url: &str) -> Result<String, FetchError> {
        let response = self.http.get(url).send().await?;
        if !response.status().is_success() {
            return Err(FetchError::Status { url: url.to_owned(), status: response.status() });
        }
        Ok(response.text().await?)
    }
}
