//! How long a caller may wait, and how many may wait with it.

use std::time::Duration;

/// What a caller does when there is no room: how many may wait at once, and how long each of them.
///
/// Without either limit a caller waits for as long as it takes, first come first served.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::Admission;
///
/// const PATIENT: Admission = Admission::new().queue(100).max_wait(Duration::from_millis(500));
/// assert_ne!(PATIENT, Admission::reject());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Admission {
    queue: Option<usize>,
    max_wait: Option<Duration>,
}

impl Admission {
    /// Any number of callers may wait, each for as long as it takes.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::{Admission, Bulkhead};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// static DATABASE: Bulkhead = Bulkhead::new(4);
    ///
    /// // The same as `DATABASE.acquire().await`.
    /// let permit = DATABASE.acquire_with(&Admission::new()).await;
    /// assert!(permit.is_ok());
    /// # }
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self { queue: None, max_wait: None }
    }

    /// Nobody waits: a caller gets a permit at once or is refused. The same as `new().queue(0)`.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Admission;
    /// assert_eq!(Admission::reject(), Admission::new().queue(0));
    /// ```
    #[must_use]
    pub const fn reject() -> Self {
        Self::new().queue(0)
    }

    /// At most `places` callers wait at once; whoever comes after them is refused at once.
    ///
    /// The places belong to the bulkhead, not to this value: callers with different admissions count each other. A
    /// place is taken together with the decision, so the number is never exceeded, and it is free again when the
    /// caller was polled with its permit, gave up after [`max_wait`](Self::max_wait), or was dropped.
    ///
    /// In a [`KeyedBulkhead`](crate::KeyedBulkhead) every key has these places for itself. The callers whose keys
    /// found no room below the cap share one set of them.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::{Admission, Bulkhead};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let printer = Bulkhead::new(1);
    /// let _printing = printer.acquire().await;
    ///
    /// let refused = printer.acquire_with(&Admission::new().queue(0)).await;
    /// assert!(refused.is_err());
    /// # }
    /// ```
    #[must_use]
    pub const fn queue(self, places: usize) -> Self {
        Self { queue: Some(places), ..self }
    }

    /// A caller waits at most this long, on tokio's clock, and is refused after that.
    ///
    /// `Duration::ZERO` is the same as [`reject`](Self::reject). One too long for the clock is waited without end.
    /// tokio's clock counts in milliseconds, and what lies between them is rounded up.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::{Admission, Bulkhead};
    /// # use std::time::Duration;
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let printer = Bulkhead::new(1);
    /// let _printing = printer.acquire().await;
    ///
    /// let wait = Admission::new().max_wait(Duration::from_millis(500));
    /// let refused = printer.acquire_with(&wait).await.unwrap_err();
    /// assert!(refused.elapsed() >= Duration::from_millis(500));
    /// # }
    /// ```
    #[must_use]
    pub const fn max_wait(self, max_wait: Duration) -> Self {
        Self { max_wait: Some(max_wait), ..self }
    }

    /// Whether one more may wait where `waiting` callers do, and if not, how many may.
    pub(super) fn place_after(&self, waiting: usize) -> Result<(), usize> {
        match (self.queue, self.max_wait) {
            // tokio's shortest sleep lasts a millisecond, so this is no matter for the clock.
            (_, Some(Duration::ZERO)) => Err(0),
            (Some(places), _) if waiting >= places => Err(places),
            _ => Ok(()),
        }
    }

    pub(super) fn longest_wait(&self) -> Option<Duration> {
        self.max_wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_has_as_many_places_as_it_says() {
        let three = Admission::new().queue(3);
        assert_eq!(three.place_after(2), Ok(()));
        assert_eq!(three.place_after(3), Err(3));
        assert_eq!(three.place_after(4), Err(3));
    }

    #[test]
    fn waiting_for_no_time_is_not_waiting() {
        assert_eq!(Admission::new().max_wait(Duration::ZERO).queue(5).place_after(0), Err(0));
    }

    #[test]
    fn without_a_limit_any_number_may_wait() {
        assert_eq!(Admission::new().place_after(usize::MAX), Ok(()));
        assert_eq!(Admission::default(), Admission::new());
    }

    #[test]
    fn rejecting_leaves_no_place_and_the_builder_keeps_both_knobs() {
        assert_eq!(Admission::reject().place_after(0), Err(0));
        let both = Admission::new().max_wait(Duration::from_secs(1)).queue(0);
        assert_eq!(both.place_after(0), Err(0));
        assert_eq!(both.longest_wait(), Some(Duration::from_secs(1)));
    }
}
