use self::window::Window;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex as StaticMutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::{Mutex, MutexGuard};

mod named;
mod window;

pub use named::NamedBudget;

/// Bounds the retries to a share of the calls that end well, so that retries cannot bury a service that is down.
///
/// Every call that ends well puts [`ratio`](Self::ratio) of a token in, every retry takes one token out, and a retry
/// that finds less than one token is not made: the call fails with the error it has. So that a client with few calls,
/// or one that has just started, may retry at all, [`min_per_sec`](Self::min_per_sec) tokens per second are there on
/// top. Both kinds of event count for [`ttl`](Self::ttl) and are then forgotten:
///
/// ```text
/// balance = min_per_sec * ttl + sum over the last ttl (ratio * calls that ended well - retries)
/// ```
///
/// The balance may fall below zero when tokens that were put in are forgotten sooner than the retries they paid for.
///
/// The design and the defaults (20 % of the calls, 10 a second, 10 s) are those of Finagle's `RetryBudget`,
/// <https://twitter.github.io/finagle/docs/com/twitter/finagle/service/RetryBudget$.html>.
///
/// # What is approximate
/// [`deposit`](Self::deposit) is on the path of every call, so it only counts. *When* the calls ended well is guessed
/// later, by whoever withdraws, gives back or asks for the balance: the calls counted since the last such look are
/// taken as spread evenly over the time since then, and only what falls into the last `ttl` counts. Before the
/// first look there is no such time; those calls count as if they had all just ended, but for no more than 10 tokens
/// per second of `ttl`, so that hours without a failure do not pay for a storm of retries.
///
/// The window moves in tenths: what is forgotten is between 9/10 of `ttl` and `ttl` old.
///
/// # Examples
/// One budget for all calls to one service:
/// ```
/// use steadfast::Budget;
///
/// static INVENTORY: Budget = Budget::new().ratio(0.5).min_per_sec(0);
///
/// assert!(!INVENTORY.try_withdraw());
/// INVENTORY.deposit();
/// INVENTORY.deposit();
/// assert!(INVENTORY.try_withdraw());
/// assert!(!INVENTORY.try_withdraw());
/// ```
pub struct Budget {
    ratio: f64,
    min_per_sec: u32,
    ttl: Duration,
    /// Calls that ended well since the window was last looked at.
    deposits: AtomicUsize,
    window: Mutex<Window>,
}

impl Budget {
    const DEFAULT_RATIO: f64 = 0.2;
    const DEFAULT_MIN_PER_SEC: u32 = 10;
    const DEFAULT_TTL: Duration = Duration::from_secs(10);
    const SHORTEST_TTL: Duration = Duration::from_secs(1);
    const LONGEST_TTL: Duration = Duration::from_secs(60);

    /// A token, less what adding up fractions of one may have lost.
    const TOKEN: f64 = 1.0 - 1e-9;

    /// A budget of 20 % and 10 per second within 10 s.
    ///
    /// # Examples
    /// ```
    /// use steadfast::Budget;
    ///
    /// static PAYMENTS: Budget = Budget::new();
    /// assert_eq!(PAYMENTS.balance(), 100.0);
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self {
            ratio: Self::DEFAULT_RATIO,
            min_per_sec: Self::DEFAULT_MIN_PER_SEC,
            ttl: Self::DEFAULT_TTL,
            deposits: AtomicUsize::new(0),
            window: Mutex::new(Window::new()),
        }
    }

    /// The tokens that a call that ends well puts in: the share of calls that may be retried; 0.2 unless said.
    ///
    /// Outside `0.0..=1.0` the nearer end is taken; a `ratio` that is not a number counts as 0.2.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Budget;
    /// static TENTH: Budget = Budget::new().ratio(0.1);
    /// ```
    #[must_use]
    pub const fn ratio(mut self, ratio: f64) -> Self {
        self.ratio = if ratio.is_nan() { Self::DEFAULT_RATIO } else { ratio.clamp(0.0, 1.0) };
        self
    }

    /// The retries per second that may be made on top of the share; 10 unless said, and 0 for none.
    ///
    /// They need not be spread: `min_per_sec * ttl` retries may be made at once, and then none until `ttl` has passed.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Budget;
    /// static STRICT: Budget = Budget::new().min_per_sec(0);
    /// assert!(!STRICT.try_withdraw());
    /// ```
    #[must_use]
    pub const fn min_per_sec(mut self, min_per_sec: u32) -> Self {
        self.min_per_sec = min_per_sec;
        self
    }

    /// How long calls and retries count; 10 s unless said.
    ///
    /// Less than 1 s counts as 1 s, and more than 60 s as 60 s.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Budget;
    /// # use std::time::Duration;
    /// static MINUTE: Budget = Budget::new().min_per_sec(1).ttl(Duration::from_secs(60));
    /// assert_eq!(MINUTE.balance(), 60.0);
    /// ```
    #[must_use]
    pub const fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = if ttl.as_nanos() < Self::SHORTEST_TTL.as_nanos() {
            Self::SHORTEST_TTL
        } else if ttl.as_nanos() > Self::LONGEST_TTL.as_nanos() {
            Self::LONGEST_TTL
        } else {
            ttl
        };
        self
    }

    /// The budget of that name, which everyone in the process who asks for the name shares.
    ///
    /// It has the default settings and lives until the process ends: each name costs one allocation that is never
    /// freed. Each look-up takes a lock, so keep the reference.
    ///
    /// # Examples
    /// ```
    /// use steadfast::Budget;
    ///
    /// let budget = Budget::named("payments");
    /// assert!(std::ptr::eq(budget, Budget::named("payments")));
    /// ```
    #[must_use]
    pub fn named(name: &'static str) -> &'static Self {
        static NAMED: StaticMutex<BTreeMap<&'static str, &'static Budget>> =
            StaticMutex::new(BTreeMap::new());
        let mut named = NAMED.lock().unwrap_or_else(PoisonError::into_inner);
        named.entry(name).or_insert_with(|| Box::leak(Box::default()))
    }

    /// Counts a call that ended well.
    ///
    /// One relaxed atomic addition: no lock, no clock. The count is a `usize` and starts again at zero should it pass
    /// `usize::MAX` without a single failed call in between; that loses tokens and never makes any.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Budget;
    /// let budget = Budget::new().min_per_sec(0);
    /// for _ in 0..10 {
    ///     budget.deposit();
    /// }
    /// assert_eq!(budget.balance(), 2.0);
    /// ```
    #[inline]
    pub fn deposit(&self) {
        self.deposits.fetch_add(1, Ordering::Relaxed);
    }

    /// Takes a token for one retry, if there is one; never waits for one.
    ///
    /// The token is forgotten by itself after [`ttl`](Self::ttl). If the retry is not made after all, return it with
    /// [`give_back`](Self::give_back).
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Budget;
    /// # use std::time::Duration;
    /// let budget = Budget::new().min_per_sec(1).ttl(Duration::from_secs(2));
    /// assert_eq!([(); 3].map(|()| budget.try_withdraw()), [true, true, false]);
    /// ```
    #[must_use = "a retry may only be made if this is true"]
    pub fn try_withdraw(&self) -> bool {
        let mut window = self.look();
        let allowed = self.reserve() + window.balance() >= Self::TOKEN;
        if allowed {
            window.withdraw();
        }
        allowed
    }

    /// Returns a token that [`try_withdraw`](Self::try_withdraw) took, for a retry that was not made.
    ///
    /// To be called at most once for each token. The oldest withdrawal that still counts is struck out; if none does,
    /// the token has come back by itself, and nothing happens. So this never makes a token that was not there.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Budget;
    /// let budget = Budget::new();
    /// assert!(budget.try_withdraw());
    /// budget.give_back();
    /// assert_eq!(budget.balance(), 100.0);
    /// ```
    pub fn give_back(&self) {
        self.look().give_back();
    }

    /// The tokens that are there now; less than zero while more is owed than was put in.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Budget;
    /// let budget = Budget::new();
    /// assert!(budget.try_withdraw());
    /// assert_eq!(budget.balance(), 99.0);
    /// ```
    #[must_use]
    pub fn balance(&self) -> f64 {
        self.reserve() + self.look().balance()
    }

    fn reserve(&self) -> f64 {
        f64::from(self.min_per_sec) * self.ttl.as_secs_f64()
    }

    /// Locks the window and brings it up to now.
    fn look(&self) -> MutexGuard<'_, Window> {
        // A window is whole between any two of its statements, so a panic elsewhere does not spoil it.
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let deposits = self.deposits.swap(0, Ordering::Relaxed);
        #[expect(clippy::cast_precision_loss, reason = "nobody misses a call in 2^53")]
        let tokens = deposits as f64 * self.ratio;
        // The clock is read under the lock, so that it does not run backwards from one look to the next.
        window.look(Instant::now(), self.ttl, tokens);
        window
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows the settings and the balance.
impl fmt::Debug for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Budget")
            .field("ratio", &self.ratio)
            .field("min_per_sec", &self.min_per_sec)
            .field("ttl", &self.ttl)
            .field("balance", &self.balance())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "settings are stored as they are")]
mod tests {
    use super::*;

    #[test]
    fn defaults() {
        static BUDGET: Budget = Budget::new();
        assert_eq!((BUDGET.ratio, BUDGET.min_per_sec, BUDGET.ttl), (0.2, 10, Duration::from_secs(10)));
        assert_eq!(BUDGET.balance(), 100.0);
    }

    #[test]
    fn nonsense_is_clamped() {
        let ratio = |ratio| Budget::new().ratio(ratio).ratio;
        assert_eq!([-0.1, f64::NEG_INFINITY, 0.0].map(ratio), [0.0; 3]);
        assert_eq!([1.0, 1.1, f64::INFINITY].map(ratio), [1.0; 3]);
        assert_eq!(ratio(f64::NAN), 0.2);
        assert_eq!(ratio(0.3), 0.3);

        let ttl = |ttl| Budget::new().ttl(ttl).ttl.as_millis();
        assert_eq!([Duration::ZERO, Duration::from_millis(999)].map(ttl), [1000; 2]);
        assert_eq!([Duration::from_millis(60_001), Duration::MAX].map(ttl), [60_000; 2]);
        assert_eq!(ttl(Duration::from_millis(1500)), 1500);
    }

    #[test]
    fn a_poisoned_lock_does_not_matter() {
        let budget = Budget::new();
        std::thread::scope(|scope| {
            let panicked = scope.spawn(|| {
                let _window = budget.look();
                panic!("with the lock held");
            });
            panicked.join().unwrap_err();
        });
        assert!(budget.window.is_poisoned());
        assert!(budget.try_withdraw());
        budget.give_back();
        assert_eq!(budget.balance(), 100.0);
    }

    #[test]
    fn a_count_past_the_end_makes_no_tokens() {
        let budget = Budget::new().min_per_sec(0);
        budget.deposits.store(usize::MAX, Ordering::Relaxed);
        budget.deposit();
        assert_eq!(budget.balance(), 0.0);
    }

    #[test]
    fn debug_shows_settings_and_balance() {
        let budget = Budget::new().ratio(0.5);
        assert_eq!(
            format!("{budget:?}"),
            "Budget { ratio: 0.5, min_per_sec: 10, ttl: 10s, balance: 100.0, .. }"
        );
    }
}
