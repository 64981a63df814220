//! Methods, in implementations and in traits.

use std::future::ready;

use steadfast::{Bulkhead, bounded, retry, timeout};

use crate::error::Error;

/// Has a limit of its own.
#[derive(Debug)]
pub struct Client {
    /// What it is called.
    name: String,
    /// How many calls there may be.
    limit: Bulkhead,
}

impl Client {
    /// Names it.
    #[must_use]
    pub const fn new(name: String) -> Self {
        Self { name, limit: Bulkhead::new(4) }
    }

    /// Shared.
    ///
    /// # Errors
    ///
    /// If each attempt failed.
    #[timeout(attempt = 1s, total = 10s)]
    #[retry(on = any)]
    #[bounded(by = self.limit)]
    pub async fn get(&self, text: String) -> Result<String, Error> {
        ready(()).await;
        Ok(text)
    }

    /// Exclusive.
    ///
    /// # Errors
    ///
    /// If each attempt failed.
    #[timeout(attempt = 1s, total = 10s)]
    #[retry(on = any)]
    #[bounded(4)]
    pub async fn put(&mut self, text: &str) -> Result<usize, Error> {
        self.name.push_str(text);
        ready(Ok(self.name.len())).await
    }

    /// By value.
    ///
    /// # Errors
    ///
    /// If each attempt failed.
    #[timeout(attempt = 1s, total = 10s)]
    #[retry(on = any)]
    #[bounded(4)]
    pub async fn close(self) -> Result<usize, Error> {
        ready(Ok(self.name.len())).await
    }
}

/// A trait with policies on its default method.
pub trait Fetch {
    /// What it is called.
    fn name(&self) -> &str;

    /// By default.
    fn fetch(&self, x: u32) -> impl Future<Output = Result<u32, Error>> + Send;

    /// On top of the others.
    #[expect(async_fn_in_trait, reason = "the policies are about such a method")]
    #[timeout(attempt = 1s, total = 10s)]
    #[retry(on = any)]
    #[bounded(4)]
    async fn describe(&self, mut prefix: String) -> Result<String, Error> {
        prefix.push_str(self.name());
        ready(Ok(prefix)).await
    }
}

impl Fetch for Client {
    fn name(&self) -> &str {
        &self.name
    }

    #[timeout(attempt = 1s, total = 10s)]
    #[retry(on = any)]
    #[bounded(4)]
    async fn fetch(&self, x: u32) -> Result<u32, Error> {
        ready(Ok(x)).await
    }
}
