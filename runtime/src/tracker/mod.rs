//! What belongs to no scope: detached tasks, and what is left of scopes that were dropped.

pub(crate) mod current;
pub(crate) mod hold;
pub(crate) mod registry;
mod root;

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio_util::sync::CancellationToken;

pub use registry::{TaskInfo, TaskState};
pub use root::{Living, Root, Rooted};

use crate::scope::{Label, TaskHandle};

static ORPHANS: AtomicUsize = AtomicUsize::new(0);

/// Runs `future` as a task that belongs to the program, not to the scope it is spawned in. `why` says why nobody waits for
/// it here; it is also the task's name.
///
/// The task is waited for when the program ends under [`main`](macro@crate::main), which cancels the token of
/// [`shutdown`] first and aborts what is still there after the grace. It starts without a deadline. A panic is logged.
///
/// # Panics
/// Outside of a tokio runtime.
///
/// # Examples
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// steadfast::detach("flushes metrics as long as the program runs", async {
///     let stop = steadfast::shutdown();
///     while stop.run_until_cancelled(tokio::task::yield_now()).await.is_some() {
///         // ...
/// #       break;
///     }
/// });
/// # }
/// ```
#[track_caller]
pub fn detach<F>(why: &'static str, future: F) -> TaskHandle<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    root::current().detach(Label::named(why), future)
}

/// The token that is cancelled when the program is to end: under [`main`](macro@crate::main) by a signal, and when the
/// body has returned. Without it, never.
#[must_use]
pub fn shutdown() -> CancellationToken {
    root::current().token()
}

/// How many tasks have lost their scope so far, with no scope and no [`main`](macro@crate::main) around it to wait for
/// them. They were aborted, but nobody knows when they ended.
///
/// A scope is dropped when something around it gives up: `select!`, a timeout, an aborted task. Where this counts up, put
/// a [`scope`](crate::scope()) around that, or run the program under [`main`](macro@crate::main).
#[must_use]
pub fn orphans() -> usize {
    ORPHANS.load(Ordering::Relaxed)
}

/// The tasks and scopes that live now, the oldest first, each with its name, place, parent and state.
///
/// Only what begins while [`track_tasks`] is on is listed. It is on in [`test`](macro@crate::test) and when
/// `STEADFAST_DEBUG=1` is set under [`main`](macro@crate::main).
#[must_use]
pub fn tasks() -> Vec<TaskInfo> {
    registry::all()
}

/// Whether tasks and scopes that begin from now on are listed by [`tasks`]. Off by default, which costs a spawn one load.
pub fn track_tasks(on: bool) {
    registry::set(on);
}

pub(crate) fn orphaned(count: usize, scope: &Label) {
    ORPHANS.fetch_add(count, Ordering::Relaxed);
    #[cfg(feature = "tracing")]
    tracing::debug!(
        target: "steadfast",
        count,
        scope = scope.name.as_deref(),
        location = %scope.location,
        "a scope was dropped, and nothing around it waits for its tasks"
    );
    #[cfg(not(feature = "tracing"))]
    let _ = scope;
}
