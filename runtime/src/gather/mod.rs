//! Several futures at once, as tasks: all of them, or the first.

mod all;
mod race;
mod tuples;

use std::future::{Future, pending};
use std::panic::Location;

pub use all::{GatherAll, gather_all, gather_all_bounded};
pub use race::{Race, race};

use crate::scope::{GroupError, Label, Options, Scope};

/// Marks what is known as an iterator.
#[derive(Debug)]
pub struct Iterated;

/// Marks what is known as a tuple.
#[derive(Debug)]
pub struct Tuple;

/// An iterator of futures, or a tuple of up to eight, for [`gather`]. `K` says which of both.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no collection of futures that can run as tasks",
    label = "not an iterator or a tuple of futures that give a `Result`",
    note = "each future has to be `Send + 'static` and to give a `Result` with the same error type"
)]
pub trait Gather<K> {
    /// What comes out when all have succeeded, in the order of the futures.
    type Values;
    /// The error type that all of them have.
    type Error: Send + 'static;

    #[doc(hidden)]
    fn gather(
        self,
        at: &'static Location<'static>,
    ) -> impl Future<Output = Result<Self::Values, GroupError<Self::Error>>>;
}

/// Runs all futures as tasks, in parallel on a runtime with several threads, and gives their values in the order of the
/// futures.
///
/// The first that fails ends the others, which are waited for, as in a [`scope`](crate::scope()). The futures are an
/// iterator of one type, or a tuple of several; with an iterator all of them are spawned at once, which
/// [`gather_bounded`] is there to avoid.
///
/// # Errors
/// With everything that failed.
///
/// # Cancellation
/// When it is dropped, the tasks are aborted.
///
/// # Panics
/// With the first panic of a future, when all have ended. Outside of a tokio runtime.
///
/// # Examples
/// ```
/// use steadfast::{GroupError, gather};
///
/// async fn double(n: u32) -> Result<u32, std::io::Error> {
///     tokio::task::yield_now().await;
///     Ok(2 * n)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), GroupError<std::io::Error>> {
/// assert_eq!(gather((1..=3).map(double)).await?, [2, 4, 6]);
/// let (number, text) = gather((double(1), async { Ok("one") })).await?;
/// assert_eq!((number, text), (2, "one"));
/// # Ok(())
/// # }
/// ```
#[track_caller]
pub fn gather<G, K>(futures: G) -> impl Future<Output = Result<G::Values, GroupError<G::Error>>>
where
    G: Gather<K>,
{
    futures.gather(Location::caller())
}

impl<I, F, T, E> Gather<Iterated> for I
where
    I: IntoIterator<Item = F>,
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    type Values = Vec<T>;
    type Error = E;

    fn gather(self, at: &'static Location<'static>) -> impl Future<Output = Result<Vec<T>, GroupError<E>>> {
        Options::at(Label::at(at)).run(async move |s: Scope<E>| {
            let tasks: Vec<_> = self.into_iter().map(|future| s.spawn_at(at, future)).collect();
            let mut values = Vec::with_capacity(tasks.len());
            for task in tasks {
                values.push(value(task).await?);
            }
            Ok(values)
        })
    }
}

/// As [`gather`], with at most `limit` tasks at once: the iterator is asked for the next future when there is a place.
///
/// # Errors
/// With everything that failed; then the iterator is asked for nothing more.
///
/// # Cancellation
/// When it is dropped, the tasks are aborted.
///
/// # Panics
/// As [`gather`], and if `limit` is zero.
///
/// # Examples
/// ```
/// use steadfast::gather_bounded;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let pages = (1..=100).map(|page| async move { Ok::<_, std::io::Error>(page * 2) });
/// assert_eq!(gather_bounded(8, pages).await.unwrap().len(), 100);
/// # }
/// ```
#[track_caller]
pub fn gather_bounded<I, F, T, E>(
    limit: usize,
    futures: I,
) -> impl Future<Output = Result<Vec<T>, GroupError<E>>>
where
    I: IntoIterator<Item = F>,
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let at = Location::caller();
    Options::at(Label::at(at)).limit(limit).run(async move |s| {
        let tasks = s.spawn_all_at(at, futures).await;
        let mut values = Vec::with_capacity(tasks.len());
        for task in tasks {
            values.push(value(task).await?);
        }
        Ok(values)
    })
}

/// What a task of a scope gives that is stopped with the first failure.
async fn value<T: 'static, E: 'static>(task: crate::TaskHandle<Result<T, E>>) -> Result<T, E> {
    match task.await {
        Ok(outcome) => outcome,
        // It has failed, and its scope is about to stop whoever waits here.
        Err(_) => pending().await,
    }
}
