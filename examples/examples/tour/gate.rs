//! The server's own rate limit: who gets in, and who is sent away with 429.

use std::time::Duration;

use tokio::time::Instant;

/// Accepted requests a second, in the long run.
const RATE: f64 = 75.0;
/// Requests accepted at once after a quiet time.
const BURST: f64 = 20.0;
/// Accepted requests in flight. Clients that stay under it only ever meet the rate.
const IN_FLIGHT: usize = 40;
/// Those who were sent away come back beside new ones, so they are told to come at a part of the rate.
const RETURNS: f64 = RATE / 2.0;

/// A token bucket, and a cap on what is in flight.
#[derive(Debug)]
pub(crate) struct Gate {
    tokens: f64,
    refilled: Instant,
    /// When the last of those who were sent away is told to be back.
    last_return: Instant,
}

impl Gate {
    /// A gate with a full bucket at `now`.
    pub(crate) fn new(now: Instant) -> Self {
        Self { tokens: BURST, refilled: now, last_return: now }
    }

    /// Lets one request in at `now`, with `in_flight` accepted ones not yet answered, or says when to come back.
    pub(crate) fn admit(&mut self, now: Instant, in_flight: usize) -> Result<(), RetryAfter> {
        let elapsed = now.saturating_duration_since(self.refilled);
        self.refilled = now;
        self.tokens = (self.tokens + elapsed.as_secs_f64() * RATE).min(BURST);
        if self.tokens >= 1.0 && in_flight < IN_FLIGHT {
            self.tokens -= 1.0;
            return Ok(());
        }
        self.last_return = self.last_return.max(now) + Duration::from_secs_f64(1.0 / RETURNS);
        Err(RetryAfter::at_least(self.last_return - now))
    }
}

/// How long to stay away, in whole seconds as HTTP has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RetryAfter {
    pub(crate) seconds: u64,
}

impl RetryAfter {
    fn at_least(delay: Duration) -> Self {
        Self { seconds: delay.as_secs() + u64::from(delay.subsec_nanos() > 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_gets_in_and_the_next_one_does_not() {
        let now = Instant::now();
        let mut gate = Gate::new(now);
        assert_eq!((0..100).filter(|_| gate.admit(now, 0).is_ok()).count(), 20);
    }

    #[test]
    fn a_second_later_there_is_room_again() {
        let now = Instant::now();
        let mut gate = Gate::new(now);
        while gate.admit(now, 0).is_ok() {}
        assert_eq!(gate.admit(now + Duration::from_secs(1), 0), Ok(()));
    }

    #[test]
    fn too_many_in_flight_are_refused_and_cost_no_token() {
        let now = Instant::now();
        let mut gate = Gate::new(now);
        assert!((0..100).all(|_| gate.admit(now, IN_FLIGHT).is_err()));
        assert_eq!(gate.admit(now, IN_FLIGHT - 1), Ok(()));
    }

    #[test]
    fn those_sent_away_are_told_to_come_back_one_after_the_other() {
        let now = Instant::now();
        let mut gate = Gate::new(now);
        let mut told = || gate.admit(now, IN_FLIGHT).unwrap_err().seconds;
        let told: Vec<u64> = (0..100).map(|_| told()).collect();
        assert!(told.is_sorted());
        assert_eq!((told[0], told[99]), (1, 3));
    }

    #[test]
    fn clocks_that_go_back_do_no_harm() {
        let now = Instant::now() + Duration::from_secs(5);
        let mut gate = Gate::new(now);
        assert_eq!(gate.admit(now - Duration::from_secs(1), 0), Ok(()));
    }
}
