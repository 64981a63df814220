//! Says the same thing only so often.

use std::collections::HashMap;
use std::panic::Location;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A place that is slow is slow at every poll. One line in five seconds is seen, and leaves room for the others.
const EVERY: Duration = Duration::from_secs(5);

/// When each place was told of last, and how often it was not since then.
#[derive(Debug, Default)]
pub(super) struct Limiter(Mutex<HashMap<&'static Location<'static>, (Instant, u64)>>);

impl Limiter {
    /// How many were kept back before this one; `None` if this one is to be, too.
    pub(super) fn admit(&self, place: &'static Location<'static>, now: Instant) -> Option<u64> {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match told.get_mut(place) {
            Some((last, kept_back)) if now.saturating_duration_since(*last) < EVERY => {
                *kept_back += 1;
                None
            }
            Some(entry) => Some(std::mem::replace(entry, (now, 0)).1),
            None => {
                told.insert(place, (now, 0));
                Some(0)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_of_once_in_a_while_with_how_often_it_was_not() {
        let limiter = Limiter::default();
        let (here, there) = (Location::caller(), another_place());
        let start = Instant::now();
        let at = |place, seconds| limiter.admit(place, start + Duration::from_secs(seconds));
        assert_eq!(at(here, 0), Some(0));
        assert_eq!((at(here, 1), at(here, 4)), (None, None));
        assert_eq!(at(there, 4), Some(0), "another place has its own turn");
        assert_eq!(at(here, 5), Some(2));
        assert_eq!((at(here, 9), at(here, 10)), (None, Some(1)));
    }

    fn another_place() -> &'static Location<'static> {
        Location::caller()
    }
}
