//! Finds what keeps a runtime from its work: slow polls, blocked workers, failures that nobody looks at.
//!
//! Under [`main`](macro@crate::main) and [`test`](macro@crate::test) `STEADFAST_DEBUG=1` in the environment turns all of it
//! on, and `#[main(debug)]` does so for good. Anywhere else a [`Watch`] does. Nothing of it runs otherwise: a task costs
//! one relaxed load when it is spawned and one branch for each poll.
//!
//! | variable | meaning |
//! |---|---|
//! | `STEADFAST_DEBUG=1` | on; also `true`, `yes`, `on`. `0`, `false`, `no`, `off` and nothing are off |
//! | `STEADFAST_SLOW_POLL=50ms` | how long a poll may take; 100 ms unless said |
//! | `STEADFAST_BLOCKED=500ms` | how long the runtime, or one of its workers, may run nothing else; 1 s unless said |
//!
//! A task of ours is told by its name and by the place where it was spawned. A task of `tokio::spawn` has neither: that it
//! blocks is noticed, but not which one it is. Polls that call `tokio::task::block_in_place` count as slow too, since
//! nothing tells them from others.
//!
//! # Examples
//! ```
//! use std::sync::mpsc;
//! use std::time::Duration;
//! use steadfast::debug::{Report, Watch};
//! use steadfast::{Scope, scope};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let (found, reports) = mpsc::channel();
//! let watching = Watch::new()
//!     .slow_poll(Duration::from_millis(20))
//!     .report_to(move |report| drop(found.send(report.to_string())))
//!     .start();
//! let outcome = scope(async |s: Scope<std::io::Error>| {
//!     s.spawn_named("parser", async {
//!         std::thread::sleep(Duration::from_millis(30)); // no task should do this
//!         Ok(())
//!     });
//!     Ok(())
//! });
//! outcome.await.unwrap();
//! drop(watching);
//! let report = reports.recv().unwrap();
//! assert!(report.starts_with("slow poll: task `parser`, spawned at "), "{report}");
//! # let _ = |report: &Report| matches!(report, Report::SlowPoll { .. });
//! # }
//! ```

#[cfg(any(feature = "main", feature = "test"))]
pub(crate) mod environment;
mod heartbeat;
mod limiter;
mod report;
pub(crate) mod slow;
mod watch;
mod watchdog;
mod watchers;
mod workers;

pub use report::Report;
pub use watch::{Watch, Watching};
pub(crate) use watchers::failure_lost;
