//! What the behaviour tests share: dropping a future at every await, the events of one function, and virtual time.
#![forbid(unsafe_code)]

mod alive;
mod attempts;
mod drops;
mod events;
#[cfg(doctest)]
mod pages;
mod random;

use std::time::Duration;

use tokio::time::Instant;

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
