use super::Backoff;
use std::time::Duration;

/// The same pause before every retry.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::backoff::{Backoff, Constant};
///
/// const EVERY_SECOND: Constant = Constant::new(Duration::from_secs(1));
///
/// assert_eq!(EVERY_SECOND.delay(1, Duration::ZERO), Duration::from_secs(1));
/// assert_eq!(EVERY_SECOND.delay(2000, Duration::ZERO), Duration::from_secs(1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constant {
    delay: Duration,
}

impl Constant {
    /// Pauses for `delay`. It has no other cap, so any `delay` is taken as it is.
    #[must_use]
    pub const fn new(delay: Duration) -> Self {
        Self { delay }
    }
}

impl Backoff for Constant {
    fn delay(&self, _retry: u32, _previous: Duration) -> Duration {
        self.delay
    }

    fn cap(&self) -> Duration {
        self.delay
    }
}
