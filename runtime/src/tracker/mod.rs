//! What belongs to no scope: detached tasks, and what is left of scopes that were dropped.

pub(crate) mod current;
pub(crate) mod hold;
mod info;
pub(crate) mod registry;
mod root;
mod tree;

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio_util::sync::CancellationToken;

pub use info::{TaskInfo, TaskState};
pub use root::{Living, Root, Rooted};
pub use tree::TaskTree;

use crate::scope::{Label, TaskHandle};

static ORPHANS: AtomicUsize = AtomicUsize::new(0);

/// Runs `future` as a task that belongs to the program, not to the scope it is spawned in. `why` says why nobody waits for
/// it here; it is also the task's name.
///
/// The task is waited for when the program ends under [`main`](macro@crate::main), which cancels the token of
/// [`shutdown`] first and aborts what is still there after the grace. It starts without a deadline. A panic is logged.
///
/// # Cancellation
/// Dropping the handle changes nothing; [`abort`](TaskHandle::abort) ends the task at its next await.
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
///
/// # Examples
/// ```no_run
/// # async fn serve() {}
/// # async fn example() {
/// let stop = steadfast::shutdown();
/// // Serves until the program is asked to end; what is in the middle of something is dropped.
/// stop.run_until_cancelled(serve()).await;
/// # }
/// ```
#[must_use]
pub fn shutdown() -> CancellationToken {
    root::current().token()
}

/// How many tasks have lost their scope so far, with no scope and no [`main`](macro@crate::main) around it to wait for
/// them. They were aborted, but nobody knows when they ended.
///
/// A scope is dropped when something around it gives up: `select!`, a timeout, an aborted task. Where this counts up, put
/// a [`scope`](crate::scope()) around that, or run the program under [`main`](macro@crate::main).
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::{Scope, scope};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let endless = scope(async |tasks: Scope<std::io::Error>| {
///     tasks.spawn(std::future::pending::<std::io::Result<()>>());
///     Ok(())
/// });
/// let before = steadfast::orphans();
/// assert!(tokio::time::timeout(Duration::from_secs(1), endless).await.is_err());
/// assert_eq!(steadfast::orphans() - before, 1);
/// # }
/// ```
#[must_use]
pub fn orphans() -> usize {
    ORPHANS.load(Ordering::Relaxed)
}

/// The tasks and scopes that live now, the oldest first, each with its name, place, parent and state: those of the test
/// inside of a [`test`](macro@crate::test), and those of the process anywhere else.
///
/// Listed is what is spawned into a scope, by `#[must_join]`, [`detach`] or [`gather`](crate::gather()), and the body of
/// `#[main]` or `#[test]`; a task of `tokio::spawn` is not, and what begins inside of one belongs to no test.
///
/// Only what begins while [`track_tasks`] is on is listed. It is on in [`test`](macro@crate::test), and under
/// [`main`](macro@crate::main) with `STEADFAST_DEBUG=1` in the environment or `#[main(debug)]`.
#[must_use]
pub fn tasks() -> Vec<TaskInfo> {
    registry::all()
}

/// The [`tasks`] of this moment as a tree, for people.
///
/// # Examples
/// ```
/// use steadfast::{Scope, scope, task_tree, track_tasks};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// track_tasks(true);
/// let outcome = Scope::options().name("crawl").run(async |s: Scope<std::io::Error>| {
///     s.spawn_named("index", std::future::pending::<std::io::Result<()>>());
///     tokio::task::yield_now().await;
///     let tree = task_tree().to_string();
///     // scope `crawl`, made at src/main.rs:4:38, 12.1ms old
///     // └─ task `index`, spawned at src/main.rs:5:7, 12.0ms old, waiting, polls: 1, last 11.9ms ago
///     assert!(tree.starts_with("scope `crawl`, made at "));
///     assert!(tree.contains("\n└─ task `index`, spawned at "));
///     s.cancel("seen enough");
///     Ok(())
/// });
/// # let _ = outcome.await;
/// # }
/// ```
#[must_use]
pub fn task_tree() -> TaskTree {
    tasks().into_iter().collect()
}

/// Prints the [`task_tree`] on the standard error stream, below a line that says how many there are.
pub fn print_tasks() {
    print_tree("");
}

/// `why` follows on the count.
pub(crate) fn print_tree(why: &str) {
    let tree = task_tree();
    // In one piece, or the lines of other threads come between.
    eprintln!("steadfast: {}{why}\n{tree}", tree.count());
}

/// Whether tasks and scopes that begin from now on are listed by [`tasks`]. Off by default, which costs a spawn one load
/// and a poll one branch. In a `#[test]`, and with debugging on, they are listed whatever is said here.
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
