//! Spawning with a limit.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::ops::Deref;
use std::panic::Location;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

use super::Scope;
use super::refused::{TrySpawnError, finished, given_back, or_refused, refused};
use crate::scope::handle::TaskHandle;
use crate::scope::place::Refused;
use crate::scope::slab::Label;
use crate::scope::spawn::Holding;

/// The handle of a scope with a [limit](crate::scope::Options::limit): `spawn` waits for a place. Otherwise it is a [`Scope`].
///
/// A child that spawns into its own scope and awaits that can wait for ever, as it keeps a place itself: give such a scope no
/// limit, and put the limit on what the children do.
///
/// # Examples
/// ```
/// use steadfast::{GroupError, Scope};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), GroupError<std::io::Error>> {
/// Scope::options().limit(2).run(async |tasks| {
///     tasks.spawn(std::future::pending::<std::io::Result<()>>()).await.abort_handle();
///     let second = tasks.spawn(async { Ok(2) }).await;
///     // Both places may be taken.
///     let third = tasks.try_spawn(async { Ok(3) });
///     assert!(third.unwrap_err().is_full());
///     assert_eq!(second.await??, 2);
///     tasks.cancel("seen enough");
///     Ok(())
/// }).await
/// # }
/// ```
pub struct BoundedScope<E>(Scope<E>);

impl<E: Send + 'static> BoundedScope<E> {
    /// Waits for a place, in the order in which the callers came, and runs `future` as a child.
    ///
    /// The place is free again when the child has ended, in whatever way. In a scope that is being cancelled `future` is
    /// dropped without being polled, and the handle is one of a cancelled task. A wait that is dropped drops `future`
    /// with it, and gives its turn to the next.
    ///
    /// # Panics
    /// If the scope has ended.
    #[track_caller]
    pub fn spawn<T, F>(&self, future: F) -> impl Future<Output = TaskHandle<Result<T, E>>> + use<'_, T, F, E>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
    {
        self.spawn_labelled(Label::here(), future)
    }

    /// As [`spawn`](Self::spawn), with a name for errors and for [`tasks`](crate::tasks).
    ///
    /// # Panics
    /// If the scope has ended.
    #[track_caller]
    pub fn spawn_named<T, F>(
        &self,
        name: impl Into<Cow<'static, str>>,
        future: F,
    ) -> impl Future<Output = TaskHandle<Result<T, E>>>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
    {
        self.spawn_labelled(Label::named(name), future)
    }

    /// Runs `future` as a child if there is a place now, and gives it back otherwise.
    ///
    /// # Panics
    /// If the scope has ended.
    #[track_caller]
    pub fn try_spawn<T, F>(&self, future: F) -> Result<TaskHandle<Result<T, E>>, TrySpawnError<F>>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
    {
        let permit = match Arc::clone(self.places()).try_acquire_owned() {
            Ok(permit) => permit,
            Err(TryAcquireError::NoPermits) => return Err(TrySpawnError::Full(future)),
            Err(TryAcquireError::Closed) => {
                return match self.0.core.refusal() {
                    Some(Refused::Finished) => finished(),
                    _ => Err(TrySpawnError::Aborting(future)),
                };
            }
        };
        match self.0.spawn_labelled(Label::here(), Holding::new(future, permit)) {
            Ok(handle) => Ok(handle),
            Err((why, holding)) => Err(given_back((why, holding.into_inner()))),
        }
    }

    /// Waits for a place, and runs `work` as a child on the blocking pool; see [`Scope::spawn_blocking`].
    ///
    /// # Panics
    /// If the scope has ended.
    #[track_caller]
    pub fn spawn_blocking<T, F>(&self, work: F) -> impl Future<Output = TaskHandle<Result<T, E>>>
    where
        F: FnOnce() -> Result<T, E> + Send + 'static,
        T: Send + 'static,
    {
        let label = Label::here();
        // What comes out is the task's handle, which is a future for whoever wants its value.
        #[allow(clippy::async_yields_async)]
        async move {
            let Some(permit) = self.permit().await else { return self.refuse(work) };
            let work = move || {
                let _permit = permit;
                work()
            };
            or_refused(self.0.spawn_blocking_labelled(label, work))
        }
    }

    /// Spawns each future when there is a place for it, and asks for it only then.
    pub(crate) async fn spawn_all_at<T, F>(
        &self,
        at: &'static Location<'static>,
        futures: impl IntoIterator<Item = F>,
    ) -> Vec<TaskHandle<Result<T, E>>>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
    {
        let mut futures = futures.into_iter();
        let mut tasks = Vec::new();
        // Without a place the scope is over, and whoever awaits the tasks is about to be stopped.
        while let Some(permit) = self.permit().await {
            let Some(future) = futures.next() else { break };
            tasks.push(or_refused(self.0.spawn_labelled(Label::at(at), Holding::new(future, permit))));
        }
        tasks
    }

    async fn spawn_labelled<T, F>(&self, label: Label, future: F) -> TaskHandle<Result<T, E>>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
    {
        let Some(permit) = self.permit().await else { return self.refuse(future) };
        or_refused(self.0.spawn_labelled(label, Holding::new(future, permit)))
    }

    fn refuse<T: 'static, W>(&self, work: W) -> TaskHandle<T> {
        refused((self.0.core.refusal().unwrap_or(Refused::Aborting), work))
    }

    /// `None` when the scope is over.
    async fn permit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(self.places()).acquire_owned().await.ok()
    }

    fn places(&self) -> &Arc<Semaphore> {
        self.0.core.settings.limit.as_ref().expect("only a scope with a limit has this handle")
    }
}

impl<E> BoundedScope<E> {
    pub(in crate::scope) const fn new(scope: Scope<E>) -> Self {
        Self(scope)
    }
}

/// Everything but spawning is as without a limit.
///
/// A child that is spawned through this goes past the limit.
impl<E> Deref for BoundedScope<E> {
    type Target = Scope<E>;

    fn deref(&self) -> &Scope<E> {
        &self.0
    }
}

impl<E> Clone for BoundedScope<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E> fmt::Debug for BoundedScope<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BoundedScope").field(&self.0).finish()
    }
}
