//! The first of several.

use std::convert::Infallible;
use std::future::{Future, pending};
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::Iterated;
use super::all::ended;
use crate::scope::{Label, Options, Scope};

/// An iterator of futures, or a tuple of up to eight, for [`race`]. `K` says which of both.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no collection of futures that can run as tasks",
    label = "not an iterator or a tuple of futures with the same output",
    note = "each future has to be `Send + 'static`"
)]
pub trait Race<K> {
    /// What every one of them gives.
    type Value;

    #[doc(hidden)]
    fn race(self, at: &'static Location<'static>) -> impl Future<Output = Self::Value>;
}

/// Runs all futures as tasks, gives what the first of them to end gives, an error too, and cancels the others, which have
/// ended when this is ready.
///
/// # Cancellation
/// When it is dropped, the tasks are aborted.
///
/// # Panics
/// With the panic of a future that comes before the first end; if there are no futures; outside of a tokio runtime.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::race;
/// use tokio::time::sleep;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let mirrors = [30, 10, 20].map(|latency| async move {
///     sleep(Duration::from_millis(latency)).await;
///     latency
/// });
/// assert_eq!(race(mirrors).await, 10);
/// # }
/// ```
#[track_caller]
pub fn race<R, K>(futures: R) -> impl Future<Output = R::Value>
where
    R: Race<K>,
{
    futures.race(Location::caller())
}

impl<I, F, T> Race<Iterated> for I
where
    I: IntoIterator<Item = F>,
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    type Value = T;

    fn race(self, at: &'static Location<'static>) -> impl Future<Output = T> {
        run(at, move |track| {
            for future in self {
                track.start(future);
            }
        })
    }
}

/// Where the futures of a race run.
pub(super) struct Track<T> {
    scope: Scope<Infallible>,
    at: &'static Location<'static>,
    finish: Arc<Mutex<Option<oneshot::Sender<T>>>>,
}

impl<T: Send + 'static> Track<T> {
    pub(super) fn start<F>(&self, future: F)
    where
        F: Future<Output = T> + Send + 'static,
    {
        let finish = Arc::clone(&self.finish);
        let run = async move {
            let value = future.await;
            let first = finish.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(first) = first {
                let _ = first.send(value);
            }
            Ok(())
        };
        drop(self.scope.spawn_at(self.at, run));
    }
}

pub(super) fn run<T: Send + 'static>(
    at: &'static Location<'static>,
    start: impl FnOnce(&Track<T>),
) -> impl Future<Output = T> {
    let work = Options::at(Label::at(at)).run(async move |scope: Scope<Infallible>| {
        let (finish, first) = oneshot::channel();
        let track = Track { scope, at, finish: Arc::new(Mutex::new(Some(finish))) };
        start(&track);
        let Track { scope, finish, .. } = track;
        drop(finish);
        match first.await {
            Ok(value) => {
                scope.cancel("the race is won");
                Ok(value)
            }
            Err(_gone) => {
                assert!(!scope.is_untouched(), "a race without futures has no winner");
                // One has panicked, or the runtime is gone: the scope says so.
                pending().await
            }
        }
    });
    async move { ended(work.await) }
}
