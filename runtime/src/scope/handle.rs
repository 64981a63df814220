//! The handle of a child.

use std::fmt;
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use tokio::task::{AbortHandle, Id, JoinError, JoinHandle, LocalSet, yield_now};

use super::core::Core;
use super::place::Place;
use super::record::Erased;

/// A child of a scope. Awaiting it gives what it returns.
///
/// Dropping it lets the child go on: the scope waits for it in any case. A child that was cancelled gives a
/// [`JoinError`] with [`is_cancelled`](JoinError::is_cancelled), one that panicked a `JoinError` whose payload has the
/// text of the panic; the payload itself is the scope's.
///
/// The error of a child belongs to its scope. Only in a scope that [collects](crate::scope::Options::collect) does it
/// come out of the handle, if that is awaited before the scope ends, and then it is not among the scope's failures. In
/// any other scope a handle sees a child that has failed as one that was cancelled.
///
/// It is cancel-safe: a wait that is dropped loses nothing, and can begin again.
///
/// # Examples
/// ```
/// use steadfast::{GroupError, Scope, scope};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), GroupError<std::io::Error>> {
/// scope(async |tasks: Scope<std::io::Error>| {
///     let value = tasks.spawn(async { Ok(7) });
///     let endless = tasks.spawn(std::future::pending::<std::io::Result<()>>());
///     endless.abort(); // which is no failure
///     assert!(endless.await.unwrap_err().is_cancelled());
///     assert_eq!(value.await??, 7);
///     Ok(())
/// }).await
/// # }
/// ```
pub struct TaskHandle<T> {
    // Dropped before the task's own handle, so that the task hears of it first.
    link: Link,
    join: JoinHandle<Option<T>>,
    /// Makes the child's output of its error again.
    rebuild: Option<fn(Erased) -> T>,
}

/// What is to be told to the scope when nobody has awaited the child.
struct Link {
    core: Option<Arc<Core>>,
    place: Place,
    /// Whether the scope wants to hear of it.
    tells: bool,
}

impl Drop for Link {
    #[inline]
    fn drop(&mut self) {
        if let Some(core) = self.core.take().filter(|_| self.tells) {
            core.handle_dropped(self.place);
        }
    }
}

impl<T> TaskHandle<T> {
    pub(super) const fn new(
        join: JoinHandle<Option<T>>,
        core: Option<Arc<Core>>,
        place: Place,
        tells: bool,
    ) -> Self {
        Self { link: Link { core, place, tells }, join, rebuild: None }
    }

    pub(super) fn with_rebuild(mut self, rebuild: fn(Erased) -> T) -> Self {
        self.rebuild = Some(rebuild);
        self
    }

    /// Cancels the child: it is dropped at its next await, which is no failure of the scope. One on the blocking pool is
    /// cancelled only as long as it has not begun.
    pub fn abort(&self) {
        self.join.abort();
    }

    /// A handle that can only cancel, for somebody else to keep.
    #[must_use]
    pub fn abort_handle(&self) -> AbortHandle {
        self.join.abort_handle()
    }

    /// Whether the child has ended.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.join.is_finished()
    }

    /// The number that tokio knows the task by.
    #[must_use]
    pub fn id(&self) -> Id {
        self.join.id()
    }

    /// The scope that wants to be told, and the rest.
    pub(super) fn into_parts(mut self) -> (Option<Arc<Core>>, Place, JoinHandle<Option<T>>) {
        (self.link.core.take(), self.link.place, self.join)
    }
}

impl<T: 'static> TaskHandle<T> {
    /// Of a task that was not let in: it has ended, and was cancelled.
    pub(super) fn cancelled() -> Self {
        Self::new(cancelled(), None, Place { key: 0, index: usize::MAX }, false)
    }
}

/// A set that is dropped cancels what is in it on the spot, and needs no runtime for it.
fn cancelled<T: 'static>() -> JoinHandle<T> {
    LocalSet::new().spawn_local(pending())
}

impl<T: 'static> Future for TaskHandle<T> {
    type Output = Result<T, JoinError>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        match ready!(Pin::new(&mut this.join).poll(cx)) {
            Ok(Some(value)) => {
                this.link.core = None;
                Poll::Ready(Ok(value))
            }
            other => this.failed(other.err(), cx),
        }
    }
}

impl<T: 'static> TaskHandle<T> {
    /// The child was cancelled, has panicked, or its scope has its error.
    #[cold]
    fn failed(&mut self, error: Option<JoinError>, cx: &mut Context<'_>) -> Poll<Result<T, JoinError>> {
        let (core, index) = (self.link.core.take(), self.link.place.index);
        if let Some(error) = error {
            if let Some(core) = core {
                core.observed(index);
            }
            return Poll::Ready(Err(error));
        }
        let error = core.and_then(|core| core.take_error(index));
        if let (Some(error), Some(rebuild)) = (error, self.rebuild) {
            return Poll::Ready(Ok(rebuild(error)));
        }
        self.join = cancelled();
        match ready!(Pin::new(&mut self.join).poll(cx)) {
            Ok(_) => unreachable!("it never ran"),
            Err(error) => Poll::Ready(Err(error)),
        }
    }
}

impl<T: Send + 'static> TaskHandle<T> {
    /// Takes the child out of its scope, which waits for it no longer: it belongs to the root tracker from now on, and
    /// ends with the program. `why` is there for the reader.
    ///
    /// The child keeps the scope's cancel token and its deadline. Aborting the handle that is given aborts the child, and
    /// dropping it does not.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    ///
    /// # Examples
    /// ```
    /// use steadfast::{GroupError, Scope, scope};
    /// use tokio::task::JoinHandle;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), GroupError<std::io::Error>> {
    /// let task: JoinHandle<std::io::Result<u32>> = scope(async |tasks: Scope<std::io::Error>| {
    ///     Ok(tasks.spawn(async { Ok(7) }).into_tokio("the caller's cache is filled in the background"))
    /// }).await?;
    /// assert_eq!(task.await.unwrap().unwrap(), 7);
    /// # Ok(())
    /// # }
    /// ```
    pub fn into_tokio(self, why: &'static str) -> JoinHandle<T> {
        let _ = why;
        if let Some(core) = &self.link.core {
            core.pass_on(self.link.place.key, self.link.place.index);
        }
        let own = Arc::new(OnceLock::<AbortHandle>::new());
        let forwarder = {
            let (own, child) = (Arc::clone(&own), AbortOnDrop(self.abort_handle()));
            tokio::spawn(async move {
                let outcome = self.await;
                drop(child);
                match outcome {
                    Ok(value) => value,
                    Err(error) => match error.try_into_panic() {
                        Ok(payload) => std::panic::resume_unwind(payload),
                        // Cancelled as the child was.
                        Err(_) => loop {
                            own.get().inspect(|own| own.abort());
                            yield_now().await;
                        },
                    },
                }
            })
        };
        let _ = own.set(forwarder.abort_handle());
        forwarder
    }
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<T> fmt::Debug for TaskHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskHandle").field("id", &self.id()).field("finished", &self.is_finished()).finish()
    }
}
