use std::time::Duration;
use tokio::time::Instant;

const SLICES: u32 = 10;

/// The tokens per second of the window that deposits of an unknown age may be worth.
const UNDATED_PER_SEC: f64 = 10.0;

/// The deposits and withdrawals of the last `ttl`, in slices of a tenth of it.
///
/// Its methods take the time and the settings, so that it holds nothing that a `const` budget could not.
#[derive(Debug)]
pub(super) struct Window {
    /// Unknown before the first look: there is no clock in a `const`.
    clock: Option<Clock>,
    /// The newest first. It has begun and is not over.
    slices: [Slice; SLICES as usize],
}

#[derive(Clone, Copy, Debug)]
struct Clock {
    looked: Instant,
    /// When the newest slice began.
    newest: Instant,
}

#[derive(Clone, Copy, Debug)]
struct Slice {
    /// In tokens.
    deposited: f64,
    withdrawn: u32,
}

impl Slice {
    const EMPTY: Self = Self { deposited: 0.0, withdrawn: 0 };
}

impl Window {
    pub(super) const fn new() -> Self {
        Self { clock: None, slices: [Slice::EMPTY; SLICES as usize] }
    }

    /// Moves on to `now` and spreads the `tokens` deposited since the last look over the time since then.
    pub(super) fn look(&mut self, now: Instant, ttl: Duration, tokens: f64) {
        match self.clock {
            Some(clock) if clock.looked <= now => self.move_on(clock, now, ttl / SLICES, tokens),
            // Only paused clocks go back, where one static serves the tests of several runtimes. To wait until the
            // new clock has caught up with the old one could take for ever.
            _ => self.begin(now, ttl, tokens),
        }
    }

    fn begin(&mut self, now: Instant, ttl: Duration, tokens: f64) {
        *self = Self::new();
        self.clock = Some(Clock { looked: now, newest: now });
        self.slices[0].deposited = tokens.min(UNDATED_PER_SEC * ttl.as_secs_f64());
    }

    fn move_on(&mut self, clock: Clock, now: Instant, width: Duration, tokens: f64) {
        let whole = (now - clock.newest).as_nanos() / width.as_nanos();
        let whole = u32::try_from(whole).unwrap_or(u32::MAX);
        let forgotten = whole.min(SLICES) as usize;
        self.slices.rotate_right(forgotten);
        self.slices[..forgotten].fill(Slice::EMPTY);

        let newest = clock.newest + width * whole;
        self.clock = Some(Clock { looked: now, newest });
        self.spread(tokens, now - clock.looked, now - newest, width);
    }

    /// Spreads `tokens` evenly over the time `elapsed`, of which the newest slice has seen the last `seen`.
    fn spread(&mut self, tokens: f64, elapsed: Duration, seen: Duration, width: Duration) {
        if elapsed.is_zero() {
            self.slices[0].deposited += tokens;
            return;
        }
        let (mut left, mut room) = (elapsed, seen);
        for slice in &mut self.slices {
            let part = left.min(room);
            slice.deposited += tokens * part.div_duration_f64(elapsed);
            left -= part;
            room = width;
        }
        // What is left was deposited before the window began.
    }

    /// Deposits less withdrawals.
    pub(super) fn balance(&self) -> f64 {
        self.slices.iter().map(|slice| slice.deposited - f64::from(slice.withdrawn)).sum()
    }

    pub(super) fn withdraw(&mut self) {
        let slice = &mut self.slices[0];
        slice.withdrawn = slice.withdrawn.saturating_add(1);
    }

    /// Strikes out the oldest withdrawal: if another was meant, those that remain are forgotten later than they ought
    /// to be and never sooner.
    pub(super) fn give_back(&mut self) {
        if let Some(slice) = self.slices.iter_mut().rev().find(|slice| slice.withdrawn > 0) {
            slice.withdrawn -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TTL: Duration = Duration::from_secs(10);
    const SEC: fn(u64) -> Duration = Duration::from_secs;

    struct Clocked {
        window: Window,
        now: Instant,
    }

    impl Clocked {
        fn begun() -> Self {
            let now = Instant::now();
            let mut window = Window::new();
            window.look(now, TTL, 0.0);
            Self { window, now }
        }

        /// Lets `time` pass in which `tokens` are deposited, and says how much there is.
        fn after(&mut self, time: Duration, tokens: f64) -> f64 {
            self.now += time;
            self.window.look(self.now, TTL, tokens);
            self.window.balance()
        }
    }

    #[track_caller]
    fn assert_near(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-9, "{left} is not {right}");
    }

    #[test]
    fn deposits_are_forgotten_a_slice_at_a_time() {
        let mut clocked = Clocked::begun();
        assert_near(clocked.after(SEC(5), 50.0), 50.0);
        // Made in seconds 0 to 5; the window now reaches back to second 1, 2 ..
        assert_near(clocked.after(SEC(5), 0.0), 40.0);
        assert_near(clocked.after(SEC(1), 0.0), 30.0);
        assert_near(clocked.after(SEC(2), 0.0), 10.0);
        assert_near(clocked.after(SEC(1), 0.0), 0.0);
    }

    #[test]
    fn only_the_part_of_a_long_time_that_lies_in_the_window_counts() {
        let mut clocked = Clocked::begun();
        assert_near(clocked.after(SEC(1000) + SEC(1) / 2, 1000.5), 9.5);
    }

    #[test]
    fn deposits_of_the_same_instant_are_of_now() {
        let mut clocked = Clocked::begun();
        assert_near(clocked.after(SEC(3), 0.0), 0.0);
        assert_near(clocked.after(SEC(0), 7.0), 7.0);
        assert_near(clocked.after(SEC(9), 0.0), 7.0);
        assert_near(clocked.after(SEC(1), 0.0), 0.0);
    }

    #[test]
    fn deposits_of_an_unknown_age_count_as_new_and_up_to_a_limit() {
        for (deposited, counted) in [(2.0, 2.0), (1e9, 100.0)] {
            let mut window = Window::new();
            let now = Instant::now();
            window.look(now, TTL, deposited);
            assert_near(window.balance(), counted);
            window.look(now + SEC(9), TTL, 0.0);
            assert_near(window.balance(), counted);
            window.look(now + SEC(10), TTL, 0.0);
            assert_near(window.balance(), 0.0);
        }
    }

    #[test]
    fn withdrawals_are_forgotten_too() {
        let mut clocked = Clocked::begun();
        clocked.window.withdraw();
        clocked.after(SEC(4), 0.0);
        clocked.window.withdraw();
        assert_near(clocked.after(SEC(5), 0.0), -2.0);
        assert_near(clocked.after(SEC(1), 0.0), -1.0);
        assert_near(clocked.after(SEC(4), 0.0), 0.0);
    }

    #[test]
    fn the_oldest_withdrawal_is_given_back_and_no_more_than_was_taken() {
        let mut clocked = Clocked::begun();
        clocked.window.withdraw();
        clocked.after(SEC(4), 0.0);
        clocked.window.withdraw();
        clocked.window.give_back();
        assert_near(clocked.after(SEC(6), 0.0), -1.0);
        clocked.window.give_back();
        clocked.window.give_back();
        assert_near(clocked.window.balance(), 0.0);
    }

    #[test]
    fn a_clock_that_goes_back_begins_anew() {
        let mut clocked = Clocked::begun();
        let start = clocked.now;
        assert_near(clocked.after(SEC(3600), 1e6), 1e6 * 9.0 / 3600.0);
        clocked.window.withdraw();
        clocked.window.look(start, TTL, 3.0);
        assert_near(clocked.window.balance(), 3.0);
        clocked.window.look(start + SEC(10), TTL, 0.0);
        assert_near(clocked.window.balance(), 0.0);
    }

    #[test]
    fn a_very_long_time_is_no_problem() {
        let mut clocked = Clocked::begun();
        let years = SEC(60 * 60 * 24 * 365 * 30);
        clocked.window.withdraw();
        assert_near(
            clocked.after(years, f64::from(u32::MAX)),
            f64::from(u32::MAX) * 9.0 / years.as_secs_f64(),
        );
    }
}
