//! One call to be measured.

use std::fmt;
use std::hint::black_box;
use std::pin::Pin;

use tokio::runtime::Builder;
use tokio::task::coop::unconstrained;

/// Who implements the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The attributes.
    Steadfast,
    /// The same with tokio alone, as a careful engineer writes it.
    ByHand,
    /// By hand, with all that the attributes do.
    ByHandInFull,
    /// `backon`.
    Backon,
    /// `tokio-retry2`.
    TokioRetry2,
    /// `tower`.
    Tower,
    /// `tower-resilience`.
    TowerResilience,
}

impl Side {
    /// In the order of the columns.
    pub const ALL: [Self; 7] = [
        Self::ByHand,
        Self::ByHandInFull,
        Self::Steadfast,
        Self::Backon,
        Self::TokioRetry2,
        Self::Tower,
        Self::TowerResilience,
    ];

    /// The name of the crate, where it is one.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Steadfast => "steadfast",
            Self::ByHand => "by hand",
            Self::ByHandInFull => "by hand, in full",
            Self::Backon => "backon",
            Self::TokioRetry2 => "tokio-retry2",
            Self::Tower => "tower",
            Self::TowerResilience => "tower-resilience",
        }
    }
}

/// Which policies stand around the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// None: a plain `async fn`.
    Nothing,
    /// At most eight at once.
    Bounded,
    /// A second for the call.
    Timeout,
    /// Three attempts, and a budget that every success pays into.
    Retry,
    /// Three attempts.
    RetryWithoutBudget,
    /// `Retry` around `Timeout` around `Bounded`.
    All,
    /// A timeout of the whole around `All`.
    AllInTotal,
}

/// What a call goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// The body ends at its first poll.
    Ready(Policy),
    /// The body is pending once.
    Suspends(Policy),
    /// The first attempt fails and the second, a millisecond later, succeeds.
    OneRetry,
    /// The bulkhead is full and the call does not wait.
    Refused,
    /// The body never ends, and a millisecond later the timeout does.
    TimedOut,
}

impl Case {
    const POLICIES: [Policy; 7] = [
        Policy::Nothing,
        Policy::Bounded,
        Policy::Timeout,
        Policy::Retry,
        Policy::RetryWithoutBudget,
        Policy::All,
        Policy::AllInTotal,
    ];

    /// A body that ends at once, under each policy.
    #[must_use]
    pub fn ready() -> Vec<Self> {
        Self::POLICIES.map(Self::Ready).into()
    }

    /// A body that is pending once, under each policy.
    #[must_use]
    pub fn suspends() -> Vec<Self> {
        Self::POLICIES.map(Self::Suspends).into()
    }

    /// What is no success at once.
    #[must_use]
    pub fn failures() -> Vec<Self> {
        vec![Self::OneRetry, Self::Refused, Self::TimedOut]
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready(policy) | Self::Suspends(policy) => match policy {
                Policy::Nothing => "nothing",
                Policy::Bounded => "bounded",
                Policy::Timeout => "timeout",
                Policy::Retry => "retry",
                Policy::RetryWithoutBudget => "retry, no budget",
                Policy::All => "all three",
                Policy::AllInTotal => "all three, and a total",
            },
            Self::OneRetry => "one retry",
            Self::Refused => "refused",
            Self::TimedOut => "timed out",
        })
    }
}

type Calls = Pin<Box<dyn Future<Output = ()>>>;

/// One side's implementation of one case.
pub struct Subject {
    /// Who implements it.
    pub side: Side,
    /// What it implements.
    pub case: Case,
    calls: Box<dyn Fn(u64) -> Calls>,
    /// The size of one call's future in bytes.
    pub size: usize,
}

impl Subject {
    /// A call of a function that has all it needs.
    pub fn new<F>(side: Side, case: Case, call: impl Fn(u64) -> F + Copy + 'static) -> Self
    where
        F: Future + 'static,
    {
        let calls = move |n| async move {
            for input in 0..n {
                black_box(call(black_box(input)).await);
            }
        };
        Self::from_loop(side, case, size_of::<F>(), calls)
    }

    /// A loop of `n` calls that share something, such as a service; `bytes` is the size of the future of one.
    pub fn from_loop<F>(side: Side, case: Case, bytes: usize, calls: impl Fn(u64) -> F + 'static) -> Self
    where
        F: Future<Output = ()> + 'static,
    {
        Self { side, case, calls: Box::new(move |n| Box::pin(calls(n))), size: bytes }
    }

    /// Makes `n` calls, one after the other.
    pub fn run(&self, n: u64) {
        drive((self.calls)(n));
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject").field("side", &self.side).field("case", &self.case).finish_non_exhaustive()
    }
}

/// Runs `future` on a current-thread runtime.
///
/// # Panics
/// If the operating system refuses the runtime what it needs.
pub fn drive<F: Future>(future: F) -> F::Output {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    // Within the budget of one poll, a loop of thousands of calls would be made to yield by some sides and not by
    // others. A service makes a few calls per poll and never comes to that.
    runtime.block_on(unconstrained(future))
}
