//! The handles that a scope's body and its children have.

mod bounded;
mod refused;

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::child::Failing;
use super::core::Core;
use super::handle::TaskHandle;
use super::reason::{CancelReason, CancelSource};
use super::record::Erased;
use super::slab::Label;
use super::spawn::Returned;

pub use bounded::BoundedScope;
pub use refused::TrySpawnError;
use refused::{given_back, or_refused, refused};

/// A handle of a scope, to spawn into it and to cancel it. Clones are of the same scope.
///
/// It may be moved into children and stored anywhere: it keeps nobody waiting. A scope ends when its body and its children
/// have, whoever has a handle.
///
/// # Examples
/// ```
/// use steadfast::{GroupError, Scope, scope};
///
/// /// A helper takes the scope of its caller, who waits.
/// fn visit(tasks: &Scope<std::io::Error>, depth: u32) {
///     let siblings = tasks.clone();
///     tasks.spawn(async move {
///         if depth > 0 {
///             visit(&siblings, depth - 1);
///         }
///         Ok(())
///     });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), GroupError<std::io::Error>> {
/// scope(async |tasks| {
///     visit(&tasks, 3);
///     Ok(())
/// }).await
/// # }
/// ```
pub struct Scope<E> {
    core: Arc<Core>,
    error: PhantomData<fn(E)>,
}

impl<E: Send + 'static> Scope<E> {
    /// The options of a new scope.
    #[track_caller]
    pub fn options() -> super::Options<E> {
        super::Options::new()
    }

    /// Runs `future` as a child, in parallel on a runtime with several threads. An error that it returns is the scope's.
    ///
    /// It may be called while the scope waits for its children, which is where children spawn children. In a scope that is
    /// being cancelled `future` is dropped without being polled, and the handle is one of a cancelled task;
    /// [`try_spawn`](Self::try_spawn) gives it back.
    ///
    /// It starts with the deadline of the scope, the `tracing` span of the moment, and the task-locals that are
    /// [registered](fn@super::inherit) for it. A panic of it is the scope's: see [`Panics`](super::Panics).
    ///
    /// # Panics
    /// If the scope has ended.
    ///
    /// # Examples
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), steadfast::GroupError<std::io::Error>> {
    /// let answer = steadfast::scope(async |tasks| {
    ///     let answer = tasks.spawn(async { Ok(42) });
    ///     Ok(answer.await??)
    /// });
    /// assert_eq!(answer.await?, 42);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn spawn<T, F>(&self, future: F) -> TaskHandle<Result<T, E>>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
    {
        or_refused(self.spawn_labelled(Label::here(), future))
    }

    /// As [`spawn`](Self::spawn), with a name for errors and for [`tasks`](crate::tasks).
    ///
    /// # Panics
    /// If the scope has ended.
    #[track_caller]
    pub fn spawn_named<T, F>(&self, name: impl Into<Cow<'static, str>>, future: F) -> TaskHandle<Result<T, E>>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
    {
        or_refused(self.spawn_labelled(Label::named(name), future))
    }

    /// As [`spawn`](Self::spawn), but a scope that is being cancelled gives the future back.
    ///
    /// # Errors
    /// [`TrySpawnError::Aborting`] if the scope is being cancelled.
    ///
    /// # Panics
    /// If the scope has ended.
    ///
    /// # Examples
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// use steadfast::{GroupError, Scope, scope};
    ///
    /// let outcome: Result<(), GroupError<&str>> = scope(async |tasks: Scope<&str>| {
    ///     tasks.cancel("enough");
    ///     let work = tasks.try_spawn(async { Ok(7) }).unwrap_err().into_inner();
    ///     assert_eq!(work.await, Ok(7)); // done here instead
    ///     Ok(())
    /// }).await;
    /// # let _ = outcome;
    /// # }
    /// ```
    #[track_caller]
    pub fn try_spawn<T, F>(&self, future: F) -> Result<TaskHandle<Result<T, E>>, TrySpawnError<F>>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
    {
        match self.spawn_labelled(Label::here(), future) {
            Ok(handle) => Ok(handle),
            Err(returned) => Err(given_back(returned)),
        }
    }

    /// As [`spawn`](Self::spawn), for a future that stays on this thread.
    ///
    /// # Panics
    /// If the scope has ended; outside of a `LocalSet` and a `LocalRuntime`.
    ///
    /// # Examples
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// use std::rc::Rc;
    /// use steadfast::{Scope, scope};
    ///
    /// let work = scope(async |tasks: Scope<std::io::Error>| {
    ///     let name = Rc::new("not `Send`");
    ///     Ok(tasks.spawn_local(async move { Ok(name.len()) }).await??)
    /// });
    /// assert_eq!(tokio::task::LocalSet::new().run_until(work).await.unwrap(), 10);
    /// # }
    /// ```
    #[track_caller]
    pub fn spawn_local<T, F>(&self, future: F) -> TaskHandle<Result<T, E>>
    where
        F: Future<Output = Result<T, E>> + 'static,
        T: 'static,
    {
        match self.core.spawn_local::<F, Failing<E>>(Label::here(), future) {
            Ok(handle) => self.with_rebuild(handle),
            Err(returned) => refused(returned),
        }
    }

    /// Runs `work` as a child on the blocking pool.
    ///
    /// Nothing can interrupt it once it has begun: it should look at [`is_cancelled`](Self::is_cancelled) now and then.
    /// The scope waits for it, unless it is to
    /// [abandon](super::Options::abandon_blocking_after) such children after a time.
    ///
    /// # Panics
    /// If the scope has ended.
    ///
    /// # Examples
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// use steadfast::{GroupError, Scope, scope};
    ///
    /// let outcome: Result<(), GroupError<&str>> = scope(async |tasks: Scope<&str>| {
    ///     let inside = tasks.clone();
    ///     tasks.spawn_blocking(move || {
    ///         while !inside.is_cancelled() {
    ///             std::thread::yield_now(); // a piece of the work
    ///         }
    ///         Ok(())
    ///     });
    ///     tasks.cancel("enough");
    ///     Ok(())
    /// }).await;
    /// assert!(outcome.is_ok()); // and the thread has ended
    /// # }
    /// ```
    #[track_caller]
    pub fn spawn_blocking<T, F>(&self, work: F) -> TaskHandle<Result<T, E>>
    where
        F: FnOnce() -> Result<T, E> + Send + 'static,
        T: Send + 'static,
    {
        or_refused(self.spawn_blocking_labelled(Label::here(), work))
    }

    /// As [`spawn_blocking`](Self::spawn_blocking), with a name.
    ///
    /// # Panics
    /// If the scope has ended.
    #[track_caller]
    pub fn spawn_blocking_named<T, F>(
        &self,
        name: impl Into<Cow<'static, str>>,
        work: F,
    ) -> TaskHandle<Result<T, E>>
    where
        F: FnOnce() -> Result<T, E> + Send + 'static,
        T: Send + 'static,
    {
        or_refused(self.spawn_blocking_labelled(Label::named(name), work))
    }

    /// Cancels the scope: the token is cancelled, the body stopped at its next await, and the children are aborted after
    /// their grace. The first reason stays.
    ///
    /// A body that returns without another await keeps its value: `s.cancel("done"); Ok(value)` ends what is still
    /// running. One that is stopped has none, and the scope gives
    /// [`Cancelled`](super::GroupErrorKind::Cancelled), unless something has failed, which counts more.
    ///
    /// # Examples
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// use steadfast::{GroupError, Scope, scope};
    ///
    /// let found: Result<u32, GroupError<&str>> = scope(async |tasks: Scope<&str>| {
    ///     tasks.spawn(std::future::pending::<Result<(), &str>>());
    ///     tasks.cancel("found it");
    ///     Ok(7)
    /// }).await;
    /// assert_eq!(found.unwrap(), 7);
    /// # }
    /// ```
    pub fn cancel(&self, reason: impl Into<Cow<'static, str>>) {
        self.core.stop(CancelReason::new(CancelSource::Requested, reason.into()));
    }

    /// Ready when this scope, or one around it, is cancelled; at once if it already is. A wait that is dropped loses nothing.
    ///
    /// A child needs a [grace](super::Options::grace) to come to this: without one it is aborted at once.
    pub async fn cancelled(&self) {
        self.core.token().cancelled().await;
    }

    /// Whether this scope, or one around it, is cancelled. It stays so.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.core.is_cancelled()
    }

    /// Why this scope, or one around it, was cancelled.
    #[must_use]
    pub fn cancel_reason(&self) -> Option<CancelReason> {
        self.core.reason()
    }

    /// The token that is cancelled with the scope, for code that takes one.
    ///
    /// It is a child of the scope's own: cancelling it cancels nothing of the scope.
    #[must_use]
    pub fn token(&self) -> CancellationToken {
        self.core.token().child_token()
    }

    /// When the scope has to be done, by its own deadline or by one around it.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.core.child_deadline()
    }

    /// How many children have not ended.
    #[must_use]
    pub fn len(&self) -> usize {
        self.core.len()
    }

    /// Whether every child has ended.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As [`spawn`](Self::spawn), for a caller further up.
    pub(crate) fn spawn_at<T, F>(&self, at: &'static Location<'static>, future: F) -> TaskHandle<Result<T, E>>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
    {
        or_refused(self.spawn_labelled(Label::at(at), future))
    }

    /// Whether nothing was ever spawned.
    pub(crate) fn is_untouched(&self) -> bool {
        self.core.is_untouched()
    }

    pub(crate) fn spawn_labelled<T, F>(
        &self,
        label: Label,
        future: F,
    ) -> Result<TaskHandle<Result<T, E>>, Returned<F>>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
    {
        self.core.spawn::<F, Failing<E>>(label, future).map(|handle| self.with_rebuild(handle))
    }

    fn spawn_blocking_labelled<T, F>(
        &self,
        label: Label,
        work: F,
    ) -> Result<TaskHandle<Result<T, E>>, Returned<F>>
    where
        F: FnOnce() -> Result<T, E> + Send + 'static,
        T: Send + 'static,
    {
        let spawned = self.core.spawn_blocking::<_, F, Failing<E>>(label, work);
        spawned.map(|handle| self.with_rebuild(handle))
    }

    #[expect(clippy::unused_self, reason = "names the type of the error")]
    fn with_rebuild<T>(&self, handle: TaskHandle<Result<T, E>>) -> TaskHandle<Result<T, E>> {
        handle.with_rebuild(|error: Erased| match error.downcast() {
            Ok(error) => Err(*error),
            Err(_) => unreachable!("a scope has one error type"),
        })
    }
}

impl<E> Scope<E> {
    pub(super) const fn new(core: Arc<Core>) -> Self {
        Self { core, error: PhantomData }
    }
}

impl<E> Clone for Scope<E> {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.core))
    }
}

impl<E> fmt::Debug for Scope<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope")
            .field("name", &self.core.settings.label.name)
            .field("children", &self.core.len())
            .field("cancelled", &self.core.is_cancelled())
            .finish()
    }
}
