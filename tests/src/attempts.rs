//! When each attempt of a call began.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Counts attempts and notes when each began, on tokio's clock.
#[derive(Debug)]
pub struct Attempts {
    created: Instant,
    at: Mutex<Vec<Duration>>,
}

impl Attempts {
    /// None yet; the clock starts now.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it reads the clock")]
    pub fn new() -> Self {
        Self { created: Instant::now(), at: Mutex::default() }
    }

    /// Notes that an attempt begins. The first is 1.
    ///
    /// # Panics
    /// After 2³² attempts.
    pub fn begin(&self) -> u32 {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        at.push(self.created.elapsed());
        u32::try_from(at.len()).expect("a test makes few attempts")
    }

    /// How long ago [`new`](Self::new) was called.
    #[must_use]
    pub fn age(&self) -> Duration {
        self.created.elapsed()
    }

    /// How many began.
    #[must_use]
    pub fn count(&self) -> usize {
        self.at().len()
    }

    /// When they began, since [`new`](Self::new).
    #[must_use]
    pub fn at(&self) -> Vec<Duration> {
        self.at.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The times between them.
    #[must_use]
    pub fn pauses(&self) -> Vec<Duration> {
        self.at().windows(2).map(|pair| pair[1].saturating_sub(pair[0])).collect()
    }

    /// Begins an attempt that fails, and says which one it was.
    ///
    /// # Errors
    /// Always.
    pub fn fail<T>(&self) -> io::Result<T> {
        let attempt = self.begin();
        Err(io::Error::new(io::ErrorKind::ConnectionReset, format!("attempt {attempt}")))
    }

    /// Begins an attempt that fails unless it is the `good` one or a later one, and gives its number.
    ///
    /// # Errors
    /// Before the `good` attempt.
    pub fn fail_before(&self, good: u32) -> io::Result<u32> {
        let attempt = self.begin();
        if attempt < good {
            return Err(io::Error::new(io::ErrorKind::ConnectionReset, format!("attempt {attempt}")));
        }
        Ok(attempt)
    }
}
