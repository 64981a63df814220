//! All of them, whatever becomes of each.

use std::convert::Infallible;
use std::future::Future;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;

use pin_project_lite::pin_project;

use super::Iterated;
use crate::TaskHandle;
use crate::scope::{FailureKind, GroupError, Label, Options, Panicked, Scope, TaskFailure};

/// An iterator of futures, or a tuple of up to eight, for [`gather_all`]. `K` says which of both.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no collection of futures that can run as tasks",
    label = "not an iterator or a tuple of futures that give a `Result`",
    note = "each future has to be `Send + 'static` and to give a `Result`"
)]
pub trait GatherAll<K> {
    /// What becomes of each, in the order of the futures.
    type Outcomes;

    #[doc(hidden)]
    fn gather_all(self, at: &'static Location<'static>) -> impl Future<Output = Self::Outcomes>;
}

/// Runs all futures as tasks, lets each come to its end, and gives the outcomes in the order of the futures: a value, or
/// what went wrong, panics included.
///
/// # Cancellation
/// When it is dropped, the tasks are aborted.
///
/// # Panics
/// Outside of a tokio runtime. A panic of a future is one of the outcomes.
///
/// # Examples
/// ```
/// use steadfast::gather_all;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let outcomes = gather_all([1, 0, 4].map(|n: u32| async move { 8_u32.checked_div(n).ok_or("by zero") })).await;
/// assert_eq!(outcomes[0].as_ref().unwrap(), &8);
/// assert_eq!(outcomes[1].as_ref().unwrap_err().error(), Some(&"by zero"));
/// assert_eq!(outcomes[2].as_ref().unwrap(), &2);
/// # }
/// ```
#[track_caller]
pub fn gather_all<G, K>(futures: G) -> impl Future<Output = G::Outcomes>
where
    G: GatherAll<K>,
{
    futures.gather_all(Location::caller())
}

/// As [`gather_all`], with at most `limit` tasks at once: the iterator is asked for the next future when there is a place.
///
/// # Cancellation
/// When it is dropped, the tasks are aborted, and the iterator is asked for nothing more.
///
/// # Panics
/// As [`gather_all`], and if `limit` is zero.
///
/// # Examples
/// ```
/// use steadfast::gather_all_bounded;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let checks = (1..=100).map(|n| async move { if n % 50 == 0 { Err(n) } else { Ok(()) } });
/// let outcomes = gather_all_bounded(8, checks).await;
/// assert_eq!((outcomes.len(), outcomes.iter().filter(|outcome| outcome.is_err()).count()), (100, 2));
/// # }
/// ```
#[track_caller]
pub fn gather_all_bounded<I, F, T, E>(
    limit: usize,
    futures: I,
) -> impl Future<Output = Vec<Result<T, TaskFailure<E>>>>
where
    I: IntoIterator<Item = F>,
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let at = Location::caller();
    let work = Options::at(Label::at(at)).limit(limit).run(async move |s| {
        let tasks = s.spawn_all_at(at, futures.into_iter().map(Caught::new)).await;
        Ok(outcomes(tasks, at).await)
    });
    async move { ended(work.await) }
}

impl<I, F, T, E> GatherAll<Iterated> for I
where
    I: IntoIterator<Item = F>,
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    type Outcomes = Vec<Result<T, TaskFailure<E>>>;

    fn gather_all(self, at: &'static Location<'static>) -> impl Future<Output = Self::Outcomes> {
        let work = Options::at(Label::at(at)).run(async move |s: Scope<Infallible>| {
            let spawn = |future| s.spawn_at(at, Caught::new(future));
            let tasks: Vec<_> = self.into_iter().map(spawn).collect();
            Ok(outcomes(tasks, at).await)
        });
        async move { ended(work.await) }
    }
}

/// What a task that cannot fail gives.
pub(super) type Caughts<T, E> = Result<thread::Result<Result<T, E>>, Infallible>;

async fn outcomes<T: 'static, E: 'static>(
    tasks: Vec<TaskHandle<Caughts<T, E>>>,
    at: &'static Location<'static>,
) -> Vec<Result<T, TaskFailure<E>>> {
    let mut outcomes = Vec::with_capacity(tasks.len());
    for (index, task) in tasks.into_iter().enumerate() {
        outcomes.push(outcome(task, index, at).await);
    }
    outcomes
}

pub(super) async fn outcome<T: 'static, E: 'static>(
    task: TaskHandle<Caughts<T, E>>,
    index: usize,
    at: &'static Location<'static>,
) -> Result<T, TaskFailure<E>> {
    let kind = match task.await {
        Ok(Ok(Ok(Ok(value)))) => return Ok(value),
        Ok(Ok(Ok(Err(error)))) => FailureKind::Error(error),
        Ok(Ok(Err(payload))) => FailureKind::Panic(Panicked::new(payload)),
        Err(error) => match error.try_into_panic() {
            Ok(payload) => FailureKind::Panic(Panicked::new(payload)),
            // The runtime is gone, and the scope is about to say so.
            Err(_) => std::future::pending().await,
        },
    };
    Err(TaskFailure::new(Some(Label::at(at)), Some(index), kind))
}

/// The value of a scope in which nothing fails.
pub(super) fn ended<T>(outcome: Result<T, GroupError<Infallible>>) -> T {
    outcome.unwrap_or_else(|error| panic!("the tasks were ended from outside: {error}"))
}

pin_project! {
    /// A future whose panic is a value.
    pub(super) struct Caught<F> {
        #[pin]
        future: F,
    }
}

impl<F> Caught<F> {
    pub(super) const fn new(future: F) -> Self {
        Self { future }
    }
}

impl<F: Future> Future for Caught<F> {
    type Output = Result<thread::Result<F::Output>, Infallible>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let future = self.project().future;
        match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(Ok(output))),
            Err(payload) => Poll::Ready(Ok(Err(payload))),
        }
    }
}
