//! The deadline that the current task's enclosing policies have set.
//!
//! `#[timeout(total = ..)]` and `#[timeout(attempt = ..)]` set a deadline for everything the function calls in the same
//! task, and so does [`within`], whose deadline can be moved while the call runs. A nested timeout ends at the earlier of its own and this one, and a retry neither sleeps past it nor starts an
//! attempt at or after it. A spawned task starts without one.
//!
//! # Examples
//! ```
//! use std::time::Duration;
//! use steadfast::{PolicyError, deadline, timeout};
//!
//! #[timeout(total = 3s)]
//! async fn query() -> Result<Duration, PolicyError> {
//!     tokio::time::sleep(Duration::from_secs(1)).await;
//!     Ok(deadline::remaining().expect("a total timeout sets a deadline"))
//! }
//!
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() {
//! assert_eq!(deadline::remaining(), None);
//! let left = query().await.unwrap();
//! assert!(left <= Duration::from_secs(2), "a second of the three is gone");
//! # }
//! ```

mod handle;
mod within;

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::ambient;
pub use handle::Deadline;
pub use within::within;

/// When the enclosing policies end the current call, if they do.
#[must_use]
pub fn current() -> Option<Instant> {
    ambient::current().deadline
}

/// How long the enclosing policies leave for the current call; zero once the deadline has passed, `None` without one.
///
/// Hand it to what takes a time limit of its own, such as a database driver or a `grpc-timeout` header.
#[must_use]
pub fn remaining() -> Option<Duration> {
    current().map(|deadline| deadline.saturating_duration_since(Instant::now()))
}

/// Whether whoever set the deadline is about to end the call.
pub(crate) fn has_passed() -> bool {
    current().is_some_and(|deadline| Instant::now() >= deadline)
}

/// Pending once the deadline has passed: a task that wakes late starts nothing new after it. Whoever set the deadline ends
/// the call right after this poll; a call that is kept and polled outside of that timeout goes on, which is why it wakes
/// itself.
pub(crate) async fn not_passed() {
    while has_passed() {
        sleep(Duration::from_millis(1)).await;
    }
}
