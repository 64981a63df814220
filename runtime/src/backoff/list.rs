use super::Backoff;
use std::time::Duration;

/// The pauses of a list, in its order; after the last it stays at the last.
///
/// The list may shrink and may hold zeros. An empty list never pauses.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::backoff::{Backoff, List};
///
/// const BACKOFF: List = List::new(&[Duration::ZERO, Duration::from_secs(1), Duration::from_secs(30)]);
///
/// let pauses: Vec<_> = (1..=4).map(|retry| BACKOFF.delay(retry, Duration::ZERO).as_secs()).collect();
/// assert_eq!(pauses, [0, 1, 30, 30]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List<'a> {
    delays: &'a [Duration],
}

impl<'a> List<'a> {
    /// Pauses for `delays[0]` before the first retry, `delays[1]` before the second, and so on.
    #[must_use]
    pub const fn new(delays: &'a [Duration]) -> Self {
        Self { delays }
    }
}

impl Backoff for List<'_> {
    fn delay(&self, retry: u32, _previous: Duration) -> Duration {
        let index = usize::try_from(retry.saturating_sub(1)).unwrap_or(usize::MAX);
        self.delays.get(index).or(self.delays.last()).copied().unwrap_or_default()
    }

    /// The longest entry.
    fn cap(&self) -> Duration {
        self.delays.iter().copied().max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    #[test]
    fn goes_through_the_list_and_stays_at_the_last() {
        let delays = [MS(5), MS(0), MS(9), MS(2)];
        let list = List::new(&delays);
        let first: Vec<_> = (1..=6).map(|retry| list.delay(retry, Duration::ZERO)).collect();
        assert_eq!(first, [5, 0, 9, 2, 2, 2].map(MS));
        assert_eq!(list.delay(0, Duration::ZERO), MS(5));
        assert_eq!(list.delay(u32::MAX, Duration::MAX), MS(2));
        assert_eq!((list.base(), list.cap()), (MS(5), MS(9)));
    }

    #[test]
    fn an_empty_list_never_pauses() {
        let list = List::new(&[]);
        assert_eq!((list.delay(1, MS(1)), list.base(), list.cap()), (MS(0), MS(0), MS(0)));
    }
}
