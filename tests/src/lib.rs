//! What the behaviour tests share: dropping a future at every await, the events of one function, and virtual time.
#![forbid(unsafe_code)]

mod alive;
mod attempts;
mod drops;
mod events;
#[cfg(doctest)]
mod pages;
mod random;
#[cfg(doctest)]
mod rule_pages;

use std::time::Duration;

use tokio::time::{Instant, advance};

pub use alive::{Alive, Guard};
pub use attempts::Attempts;
pub use drops::{drop_at_every_await, poll_at_most};
pub use events::Recording;
pub use random::Random;

/// So many milliseconds.
#[must_use]
pub const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// So many seconds.
#[must_use]
pub const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What `work` gives, and how long it takes on tokio's clock.
pub async fn timed<F: Future>(work: F) -> (F::Output, Duration) {
    let started = Instant::now();
    let output = work.await;
    (output, started.elapsed())
}

/// What `greedy` gives, a call that never lets the paused clock go on by itself, since it is always ready to run.
///
/// # Panics
/// If it still runs after ten seconds.
pub async fn against_the_clock<F: Future>(greedy: F) -> F::Output {
    let clock = async {
        for _ in 0..100 {
            advance(ms(100)).await;
        }
        panic!("still going after ten seconds");
    };
    tokio::select! {
        biased;
        outcome = greedy => outcome,
        () = clock => unreachable!("the clock panics"),
    }
}

/// Records the events of a function of the current module.
///
/// Observers see the whole process and the tests of one file share it, so a function that is recorded belongs to one
/// test.
#[macro_export]
macro_rules! record {
    ($function:ident) => {
        $crate::Recording::of(concat!(module_path!(), "::", stringify!($function)))
    };
}
