//! How a scope behaves.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::core::{Core, OnError, Settings};
use super::failure::{GroupError, TaskFailure};
use super::finish;
use super::group::{BoundedScope, Scope};
use super::record::Record;
use super::run::Run;
use super::slab::Label;

/// What becomes of a panic of the body or of a child.
///
/// Where panics abort the process (`panic = "abort"`) none of it has an effect.
///
/// # Examples
/// ```
/// use steadfast::Scope;
/// use steadfast::scope::Panics;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let outcome = Scope::<&str>::options().panics(Panics::Collect).run(async |tasks| {
///     tasks.spawn(async { if true { panic!("bad luck") } else { Ok(()) } });
///     std::future::pending::<Result<(), &str>>().await
/// });
/// let failed = outcome.await.unwrap_err();
/// assert_eq!(failed.failures()[0].panic().unwrap().message(), "bad luck");
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Panics {
    /// The scope is cancelled at once, its children are waited for, and the first panic goes on in whoever called the
    /// scope.
    #[default]
    Propagate,
    /// It is a failure as an error is.
    Collect,
}

/// Options of a [`scope`](crate::scope()); `H` is the handle that its body gets.
///
/// # Examples
/// ```
/// use std::time::Duration;
/// use steadfast::Scope;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let outcome = Scope::options()
///     .limit(8)
///     .deadline(Duration::from_secs(30))
///     .collect()
///     .run(async |s| {
///         for page in 1..=100 {
///             s.spawn(async move { if page % 50 == 0 { Err(page) } else { Ok(()) } }).await;
///         }
///         Ok(())
///     });
/// let failed: Vec<_> = outcome.await.unwrap_err().into_iter().filter_map(|failure| failure.into_error()).collect();
/// assert_eq!(failed, [50, 100]);
/// # }
/// ```
#[must_use = "options do nothing until `run` is called and awaited"]
pub struct Options<E, H = Scope<E>> {
    settings: Settings,
    handle: PhantomData<fn() -> (E, H)>,
}

impl<E: Send + 'static> Options<E> {
    /// A scope that fails fast, without a limit, a deadline or a grace.
    #[track_caller]
    pub fn new() -> Self {
        Self::at(Label::here())
    }

    pub(crate) fn at(label: Label) -> Self {
        Self {
            settings: Settings {
                label,
                on_error: OnError::Cancel,
                panics: Panics::Propagate,
                grace: Some(Duration::ZERO),
                graceful_drop: false,
                deadline: None,
                limit: None,
                abandon_blocking_after: None,
                handles_observe: false,
            },
            handle: PhantomData,
        }
    }

    /// At most `limit` children at once: the body gets a [`BoundedScope`], whose `spawn` waits for a place.
    ///
    /// # Panics
    /// If `limit` is zero, or more than [`Semaphore::MAX_PERMITS`].
    #[track_caller]
    pub fn limit(mut self, limit: usize) -> Options<E, BoundedScope<E>> {
        assert!(limit > 0, "a scope with a limit of 0 could run no task: write at least 1");
        self.settings.limit = Some(Arc::new(Semaphore::new(limit)));
        Options { settings: self.settings, handle: PhantomData }
    }
}

impl<E: Send + 'static> Default for Options<E> {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl<E: Send + 'static, H: Handed<E>> Options<E, H> {
    /// What [`tasks`](crate::tasks) calls it.
    pub fn name(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.settings.label.name = Some(name.into());
        self
    }

    /// How long children may go on after a cancel before they are aborted, to react to
    /// [`Scope::cancelled`]. Zero by default: they are dropped at their next await.
    ///
    /// The body has no grace. A scope that is dropped gives none: nobody would be there to see to it.
    ///
    /// # Examples
    /// ```
    /// # use std::time::Duration;
    /// # use steadfast::{GroupError, Scope};
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let outcome: Result<(), GroupError<&str>> = Scope::options()
    ///     .grace(Duration::from_secs(5))
    ///     .run(async |tasks| {
    ///         let inside = tasks.clone();
    ///         tasks.spawn(async move {
    ///             inside.cancelled().await;
    ///             Err::<(), _>("half written") // has five seconds, and is heard
    ///         });
    ///         tasks.cancel("enough");
    ///         Ok(())
    ///     })
    ///     .await;
    /// assert_eq!(outcome.unwrap_err().first(), Some(&"half written"));
    /// # }
    /// ```
    pub fn grace(mut self, grace: Duration) -> Self {
        self.settings.grace = Some(grace);
        self
    }

    /// How long the scope may take, body and children, from its first poll. After that it is cancelled, and gives
    /// [`Elapsed`](super::GroupErrorKind::Elapsed) when its children have ended, so it takes as much longer as their grace
    /// and their destructors do.
    ///
    /// A deadline around the scope that is not later goes first. The children see the earlier of both as
    /// [`deadline::current`](crate::deadline::current).
    ///
    /// # Examples
    /// ```
    /// # use std::time::Duration;
    /// # use steadfast::{GroupError, Scope};
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let outcome: Result<(), GroupError<std::io::Error>> = Scope::options()
    ///     .deadline(Duration::from_secs(30))
    ///     .run(async |tasks| {
    ///         tasks.spawn(std::future::pending::<std::io::Result<()>>());
    ///         Ok(())
    ///     })
    ///     .await;
    /// assert!(outcome.unwrap_err().is_elapsed()); // and the child has ended
    /// # }
    /// ```
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.settings.deadline = Some(deadline);
        self
    }

    /// What becomes of a panic; [`Panics::Propagate`] by default.
    pub fn panics(mut self, panics: Panics) -> Self {
        self.settings.panics = panics;
        self
    }

    /// The error of a child does not end its siblings: all errors are given when everything has ended.
    ///
    /// The body's own error, a panic, the deadline and a cancel end them all the same.
    pub fn collect(mut self) -> Self {
        self.settings.on_error = OnError::Collect;
        self
    }

    /// The error of a child goes to `handler`, and ends nobody. It is called in the child's task, before the child counts
    /// as ended.
    ///
    /// The body's own error, a panic, the deadline and a cancel end the children all the same. With [`Panics::Collect`] a
    /// child's panic goes to `handler` too. A handler that panics has failed in the child's place, and ends the scope.
    ///
    /// # Examples
    /// ```
    /// # use std::sync::mpsc;
    /// # use steadfast::{GroupError, Scope};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), GroupError<&'static str>> {
    /// let (told, failures) = mpsc::channel();
    /// let supervised = Scope::options().supervise(move |failure| drop(told.send(failure.to_string())));
    /// supervised.run(async |tasks| {
    ///     tasks.spawn(async { Err::<(), _>("no such page") });
    ///     tasks.spawn(async { Ok(()) }); // lives
    ///     Ok(())
    /// }).await?;
    /// assert!(failures.recv().unwrap().starts_with("no such page (task spawned at "));
    /// # Ok(())
    /// # }
    /// ```
    pub fn supervise(mut self, handler: impl Fn(TaskFailure<E>) + Send + Sync + 'static) -> Self {
        let handler = move |record: Record| handler(finish::typed(record));
        self.settings.on_error = OnError::Supervise(Box::new(handler));
        self
    }

    /// How long a cancelled scope waits for children on the blocking pool, which nothing can interrupt. After that they
    /// are [reported](super::FailureKind::Abandoned) and belong to the root tracker. Without it, it waits for them.
    ///
    /// # Examples
    /// ```
    /// # use std::time::Duration;
    /// # use steadfast::{GroupError, Scope};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let (go_on, waits) = std::sync::mpsc::channel::<()>();
    /// let outcome: Result<(), GroupError<&str>> = Scope::options()
    ///     .abandon_blocking_after(Duration::from_millis(5))
    ///     .run(async |tasks| {
    ///         let (begun, has_begun) = tokio::sync::oneshot::channel();
    ///         tasks.spawn_blocking(move || {
    ///             let _ = begun.send(());
    ///             let _ = waits.recv(); // nobody can interrupt this
    ///             Ok(())
    ///         });
    ///         let _ = has_begun.await;
    ///         Err("enough")
    ///     })
    ///     .await;
    /// let error = outcome.unwrap_err();
    /// assert!(error.failures().iter().any(|failure| failure.to_string().starts_with("left behind on the blocking pool")));
    /// drop(go_on); // the thread ends
    /// # }
    /// ```
    pub fn abandon_blocking_after(mut self, patience: Duration) -> Self {
        self.settings.abandon_blocking_after = Some(patience);
        self
    }

    /// Runs `body` in a new scope, and waits for all that it has spawned. What that guarantees, and what happens when it is
    /// dropped, says [`scope`](crate::scope()).
    ///
    /// # Errors
    /// If the body or a child fails, the deadline passes, the scope is cancelled before the body has a value, or the runtime
    /// is shut down under the children: [`GroupErrorKind`](super::GroupErrorKind) says which.
    ///
    /// # Panics
    /// With the panic of the body or of a child, unless they are collected; outside of a tokio runtime.
    pub async fn run<T, F, Fut>(self, body: F) -> Result<T, GroupError<E>>
    where
        F: FnOnce(H) -> Fut,
        Fut: Future<Output = Result<T, E>>,
    {
        let core = Core::enter(self.settings);
        let body = body(H::hand(Scope::new(Arc::clone(&core))));
        finish::typed_outcome(Run::new(core, body, Result::is_err).await)
    }
}

impl<E, H> fmt::Debug for Options<E, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { label, panics, grace, deadline, abandon_blocking_after, .. } = &self.settings;
        f.debug_struct("Options")
            .field("name", &label.name)
            .field("panics", panics)
            .field("grace", grace)
            .field("deadline", deadline)
            .field("limit", &self.settings.limit.as_ref().map(|limit| limit.available_permits()))
            .field("abandon_blocking_after", abandon_blocking_after)
            .finish_non_exhaustive()
    }
}

/// What a body gets of its scope: [`Scope`] or [`BoundedScope`].
pub trait Handed<E>: sealed::Sealed {
    #[doc(hidden)]
    fn hand(scope: Scope<E>) -> Self;
}

impl<E> Handed<E> for Scope<E> {
    fn hand(scope: Self) -> Self {
        scope
    }
}

impl<E> Handed<E> for BoundedScope<E> {
    fn hand(scope: Scope<E>) -> Self {
        Self::new(scope)
    }
}

mod sealed {
    pub trait Sealed {}
    impl<E> Sealed for super::Scope<E> {}
    impl<E> Sealed for super::BoundedScope<E> {}
}
