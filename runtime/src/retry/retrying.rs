//! What an `on_retry` hook is told.

use std::time::Duration;

/// A retry was scheduled; the pause before it begins when the hook returns.
///
/// A panic in the hook ends the call as a panic in its body would; no permit and no budget token is lost.
///
/// # Examples
/// ```
/// use std::io;
/// use steadfast::{Retrying, retry};
///
/// fn log(retrying: &Retrying<'_, io::Error>) {
///     eprintln!(
///         "{}: attempt {} failed with {}, the next one in {:?}",
///         retrying.function(), retrying.attempt(), retrying.error(), retrying.delay(),
///     );
/// }
///
/// #[retry(on = any, on_retry = log)]
/// async fn fetch() -> io::Result<Vec<u8>> {
///     tokio::fs::read("page.html").await
/// }
/// ```
#[derive(Debug)]
pub struct Retrying<'a, E> {
    function: &'static str,
    attempt: u32,
    delay: Duration,
    error: &'a E,
}

impl<'a, E> Retrying<'a, E> {
    pub(crate) fn new(function: &'static str, attempt: u32, delay: Duration, error: &'a E) -> Self {
        Self { function, attempt, delay, error }
    }

    /// The annotated function, with its module path.
    #[must_use]
    pub fn function(&self) -> &'static str {
        self.function
    }

    /// The attempt that failed; the first is 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The pause before the next attempt.
    #[must_use]
    pub fn delay(&self) -> Duration {
        self.delay
    }

    /// What the attempt failed with.
    #[must_use]
    pub fn error(&self) -> &'a E {
        self.error
    }
}
