//! Policies for async functions on tokio, as attributes.
//!
//! ```
//! use std::io;
//! use steadfast::{bounded, retry, timeout};
//!
//! #[timeout(attempt = 2s, total = 10s)]
//! #[retry(attempts = 5, backoff = exp(100ms, cap = 2s), idempotent)]
//! #[bounded(8)]
//! async fn read_page(path: &str) -> io::Result<String> {
//!     tokio::fs::read_to_string(path).await
//! }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! #     assert!(read_page("Cargo.toml").await.is_ok());
//! # }
//! ```
//!
//! | attribute | guarantees |
//! |---|---|
//! | [`#[bounded]`](macro@bounded) | at most so many calls run at once; the others wait in order |
//! | [`#[timeout]`](macro@timeout) | a call, or each attempt, ends after a time limit, and hands its deadline down |
//! | [`#[retry]`](macro@retry) | a call that failed in a way that may pass is made again |
//! | [`apply!`] | the same on a part of a function |
//!
//! The order in which they are written does not matter; the effective one is, outermost first, `timeout(total)`, `retry`,
//! `timeout(attempt)`, `bounded`, `shield`, `must_join`, body. What makes no sense does not compile.
//!
//! A policy ends a call with a [`PolicyError`]; your error type needs `From<PolicyError>`, which
//! [`derive(Transient)`](macro@Transient) writes. [`Bulkhead`], [`Budget`] and [`Backoff`] are values for what functions
//! share or decide at run time. [`testing`] has controls for tests, [`observe`] the events, [`deadline`] the time that is left.
//!
//! # Tasks
//!
//! | | guarantees |
//! |---|---|
//! | [`#[must_join]`](macro@must_join), [`scope()`], [`join_scope()`] | tasks end, with their destructors, before the call does |
//! | [`gather()`], [`gather_all`], [`race`] | many futures as tasks: in order, all outcomes, or the first |
//! | [`#[shield]`](macro@shield), [`detach`] | what goes on when its caller is gone, and who waits for it |
//! | [`#[cancel_unsafe]`](macro@cancel_unsafe) | what must not be dropped half-way is kept out of `select!` and timeouts |
//! | `#[main]`, `#[test]` | a program that ends in order; a test with a paused clock, a limit and no leaked tasks |
//! | [`Queue`], [`LifoQueue`], [`PriorityQueue`] | items that `join` waits for, and workers |
//! | [`Managed`], `#[stream]` | a release that is awaited on every path; functions that yield |
//! | [`#[offload]`](macro@offload), [`#[blocking]`](macro@blocking), [`from_sync`] | between synchronous and asynchronous code |
//!
//! # Rules
//!
//! [`#[checked]`](macro@checked), every policy, and [`audit!`] refuse async mistakes while the code compiles, as `cargo steadfast
//! check` does for a workspace. [`allow`](macro@allow) says where one is meant. [`marker`] adds your own types to what is
//! recognised.
//!
//! # Imports
//!
//! Import attributes by their names or write `#[steadfast::timeout(..)]`. Behind `use steadfast::*` the language's own
//! `#[allow]` and `#[test]` are ambiguous.
//!
//! # Features
//! - `main`, `test`: `#[main]` and `#[test]`.
//! - `stream`: functions that yield, as streams.
//! - `tracing`: every event, with the target `steadfast`; tasks of a scope are in the span of their spawn.
//! - `metrics`: counters and histograms through the `metrics` facade.
//! - `http`: reads `Retry-After` headers.
//! - `parking_lot`, `dashmap`, `reqwest`, `rusqlite`, `futures`, `fs`, `io-util`: types that `#[checked]` recognises.
#![forbid(unsafe_code)]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod admit;
mod ambient;
pub mod backoff;
mod bridge;
mod budget;
mod bulkhead;
pub mod deadline;
pub mod debug;
#[cfg(any(feature = "main", feature = "test"))]
#[doc(hidden)]
pub mod entry;
mod error;
pub mod gather;
#[cfg(feature = "http")]
pub mod http;
mod jitter;
mod join_scope;
pub mod managed;
pub mod marker;
pub mod observe;
mod outcome;
#[doc(hidden)]
pub mod question;
pub mod queue;
mod retry;
pub mod scope;
mod share;
mod shield;
mod site;
#[cfg(feature = "stream")]
mod stream;
#[cfg(all(test, feature = "tracing"))]
#[path = "../tests/subscriber/mod.rs"]
mod subscriber;
mod switch;
mod sync;
pub mod testing;
mod timeout;
mod tracker;
mod transient;

pub use backoff::Backoff;
pub use bridge::from_sync;
pub use budget::Budget;
pub use bulkhead::{Admission, Bulkhead, KeyedBulkhead, KeyedPermit, Permit};
pub use error::{Executed, PolicyError, PolicyErrorKind};
#[cfg(feature = "stream")]
pub use futures_core::Stream;
pub use gather::{gather, gather_all, gather_all_bounded, gather_bounded, race};
pub use jitter::Jitter;
pub use join_scope::{JoinScope, JoinTask, join_scope};
pub use managed::Managed;
pub use observe::PolicyKind;
pub use queue::{Item, LifoQueue, PriorityQueue, Queue};
pub use retry::Retrying;
pub use scope::{BoundedScope, GroupError, Scope, TaskFailure, TaskHandle, scope};
#[cfg(feature = "main")]
pub use steadfast_macros::main;
#[cfg(feature = "stream")]
pub use steadfast_macros::stream;
#[cfg(feature = "test")]
pub use steadfast_macros::test;
pub use steadfast_macros::{
    Transient, allow, apply, audit, blocking, bounded, cancel_unsafe, checked, must_join, offload, retry,
    shield, timeout,
};
pub use tracker::{
    TaskInfo, TaskState, TaskTree, detach, orphans, print_tasks, shutdown, task_tree, tasks, track_tasks,
};
pub use transient::Transient;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
