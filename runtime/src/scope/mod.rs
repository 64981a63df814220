//! Scopes: every task has an owner that waits for it.
//!
//! [`scope`](crate::scope()) runs a body that may spawn tasks, and is ready when the body and all of them have ended. A
//! failure ends the others; all failures are kept. A scope that is dropped takes its tasks with it.
//! [`Options`] has the rest: limits, deadlines, grace, other ways to deal with failures.
//!
//! | what happens | what the scope does |
//! |---|---|
//! | a child returns an error, or panics | it is recorded; then the scope is cancelled |
//! | the scope is cancelled | the token is; the body is stopped at its next await; the children are aborted after their grace |
//! | the body returns | it is dropped, with all that it holds; then the children are waited for |
//! | the deadline passes | as a cancel; the scope is ready when its children have ended |
//! | the scope's future is dropped | the children are aborted at once, and the nearest scope around it waits for them |
//! | a task is spawned while the scope waits | it runs, and is waited for |
//! | a task is spawned while the scope is being cancelled | it is dropped without being polled |
//! | a task is spawned after the scope has ended | a panic |
//!
//! A scope inside of another one is cancelled with it: its token is. What ends it is the scope around it, after that one's
//! grace.

mod adopt;
mod child;
mod core;
mod failure;
mod finish;
mod group;
mod handle;
mod inherit;
mod join;
pub mod must_join;
mod options;
mod place;
mod reason;
mod record;
mod run;
mod slab;
mod spawn;
mod state;
mod stop;

use std::future::Future;

use crate::tracker::current;

pub(crate) use self::child::Whatever;
pub(crate) use self::core::{Core, OnError, Settings};
pub(crate) use self::inherit::Captured;
pub(crate) use self::slab::{Entry, Label};
pub use failure::{FailureKind, GroupError, GroupErrorKind, Panicked, TaskFailure};
pub use group::{BoundedScope, Scope, TrySpawnError};
pub use handle::TaskHandle;
pub use inherit::inherit;
pub use options::{Handed, Options, Panics};
pub use reason::{CancelReason, CancelSource};

/// Runs `body`, which may spawn tasks with the [`Scope`] it gets, and waits for all of them.
///
/// It gives the body's value when the body has returned and every child has ended, its destructors included. The first
/// child that returns an error, or panics, ends the others; so does the body with an error. Everything that went wrong is
/// in the [`GroupError`], in the order in which it happened, the body's error last.
///
/// The body need not be `Send` or `'static` and may borrow; its children may not, which is what
/// [`join_scope`](crate::join_scope) is for. It is dropped, with what it holds, before its children are waited for. The
/// handle is given by value, and may be cloned into children.
///
/// # Errors
/// If the body or a child fails.
///
/// # Cancellation
/// When it is dropped, the children are aborted at once. They may take a moment to drop what they hold; the nearest scope
/// around this one waits for that, and at last what runs under [`main`](macro@crate::main). Where there is nothing around
/// it, the children are counted as [`orphans`](crate::orphans).
///
/// # Panics
/// With the first panic of the body or of a child, after all children have ended. Outside of a tokio runtime.
///
/// # Examples
/// ```
/// use steadfast::scope;
///
/// async fn fetch(page: u32) -> std::io::Result<u32> {
///     tokio::task::yield_now().await;
///     Ok(page * 2)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), steadfast::GroupError<std::io::Error>> {
/// let sum = scope(async |s| {
///     s.spawn(fetch(0));
///     let one = s.spawn(fetch(1));
///     let two = s.spawn(fetch(2));
///     Ok(one.await?? + two.await??)
/// });
/// assert_eq!(sum.await?, 6);
/// # Ok(())
/// # }
/// ```
#[track_caller]
pub fn scope<T, E, F, Fut>(body: F) -> impl Future<Output = Result<T, GroupError<E>>>
where
    F: FnOnce(Scope<E>) -> Fut,
    Fut: Future<Output = Result<T, E>>,
    E: Send + 'static,
{
    Options::new().run(body)
}

/// Why the innermost scope that the code runs in, or one around it, was cancelled; `None` if it was not, and outside of
/// scopes.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::scope::{self, Scope};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let outcome = Scope::<&str>::options().grace(Duration::from_secs(1)).run(async |tasks| {
///     let stop = tasks.token();
///     tasks.spawn(async move {
///         stop.cancelled().await;
///         assert_eq!(scope::cancel_reason().unwrap().cause(), "enough");
///         Ok(())
///     });
///     tokio::task::yield_now().await;
///     tasks.cancel("enough");
///     Ok(())
/// });
/// outcome.await.unwrap();
/// # }
/// ```
#[must_use]
pub fn cancel_reason() -> Option<CancelReason> {
    current::get()?.reason()
}
