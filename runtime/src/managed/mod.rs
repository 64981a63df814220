//! Resources whose release is asynchronous, and happens.

mod error;
mod release;

use std::fmt;
use std::future::{Future, poll_fn};
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Handle;

use crate::scope::Label;
use crate::tracker::current;
pub use error::{ManagedError, ReleaseError};
use release::{Background, ReleaseFn, Releasing, log};

/// How long a release may take unless [`Managed::release_within`] says otherwise: a third of the 30 s that Kubernetes gives
/// a process to end (`terminationGracePeriodSeconds`).
const RELEASE_WITHIN: Duration = Duration::from_secs(10);

/// A resource together with how to release it, which is asynchronous: a connection to close, a lock to give back to
/// a server, a file to flush, a temporary table to drop.
///
/// `Drop` cannot await. A `Managed` stands in for the resource (`resource.method()`), and sees to it that the release runs:
/// - [`with`](Self::with) runs a body and then the release, and keeps the errors of both;
/// - [`release`](Self::release) runs it where you are, and gives its error;
/// - dropped without either, by a cancelled task, by `?` or by a panic, it runs in the background, on the runtime of the
///   moment or else on that which the resource was made on.
///
/// # What it guarantees
/// - The release is called once, and runs to its end or to its time limit. If whoever waits for it goes away, the rest of it
///   runs in the background.
/// - It has its own time limit ([`release_within`](Self::release_within), 10 s unless said), from its start. The deadlines of
///   policies around it do not shorten it: it is most needed when they have passed.
/// - What runs in the background is waited for by the scope that the resource was dropped or made in, by the nearest one
///   around it that still waits, or at last by [`main`](macro@crate::main).
/// - An error that nobody waits for goes to [`on_failure`](Self::on_failure), or, with the feature `tracing`, to the log.
/// - A runtime that is shut down ends what runs in the background; `on_failure` is told.
///
/// # Examples
/// ```
/// use std::io;
/// use steadfast::Managed;
/// use tokio::fs::File;
/// use tokio::io::AsyncWriteExt;
///
/// async fn report(path: &std::path::Path) -> io::Result<Managed<File, io::Error>> {
///     let file = File::create(path).await?;
///     // Without the flush, what was written last is lost.
///     Ok(Managed::new(file, async |mut file: File| file.flush().await))
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> io::Result<()> {
/// # let path = std::env::temp_dir().join("steadfast-managed.txt");
///
/// let mut file = report(&path).await?;
/// file.write_all(b"all is well").await?;
/// file.release().await.map_err(io::Error::other)?;
/// # assert_eq!(std::fs::read(&path)?, b"all is well");
/// # std::fs::remove_file(&path)
/// # }
/// ```
#[must_use = "a resource that is dropped is released in the background, and its error is told to nobody here"]
#[clippy::has_significant_drop]
pub struct Managed<T, E>
where
    T: Send + 'static,
    E: fmt::Debug + Send + 'static,
{
    /// Gone only inside of the methods that take the resource.
    held: Option<Held<T, E>>,
}

struct Held<T, E> {
    resource: T,
    release: ReleaseFn<T, E>,
    limit: Duration,
    background: Background<E>,
}

impl<T, E> Managed<T, E>
where
    T: Send + 'static,
    E: fmt::Debug + Send + 'static,
{
    /// A resource, and what releases it.
    ///
    /// Between the end of its acquisition and this call must be no await: `Managed::new(connect().await?, close)` is right.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Managed;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), steadfast::managed::ReleaseError<std::io::Error>> {
    /// let lease = Managed::new(7, async |id: u32| {
    ///     println!("giving {id} back");
    ///     Ok::<(), std::io::Error>(())
    /// });
    /// assert_eq!(*lease, 7);
    /// lease.release().await
    /// # }
    /// ```
    #[track_caller]
    pub fn new<F, R>(resource: T, release: F) -> Self
    where
        F: FnOnce(T) -> R + Send + 'static,
        R: Future<Output = Result<(), E>> + Send + 'static,
    {
        let release: ReleaseFn<T, E> = Box::new(move |resource| Box::pin(release(resource)));
        let background = Background {
            runtime: Handle::try_current().ok(),
            scope: current::get(),
            label: Label::here(),
            report: Box::new(|error| log::<T, E>(&error)),
        };
        Self { held: Some(Held { resource, release, limit: RELEASE_WITHIN, background }) }
    }

    /// How long the release may take, from its start; 10 s unless said. It is dropped after that. Zero counts as 1 ms.
    ///
    /// # Examples
    /// ```
    /// # use std::time::Duration;
    /// # use steadfast::Managed;
    /// # use steadfast::managed::ReleaseError;
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let stuck = async |()| std::future::pending::<Result<(), std::io::Error>>().await;
    /// let resource = Managed::new((), stuck).release_within(Duration::from_secs(1));
    /// assert!(matches!(resource.release().await, Err(ReleaseError::TimedOut { .. })));
    /// # }
    /// ```
    pub fn release_within(mut self, limit: Duration) -> Self {
        self.held_mut().limit = limit.max(Duration::from_millis(1));
        self
    }

    /// Called with the error of a release that nobody waits for: in the background, or after a panic of the body.
    ///
    /// It runs on the runtime or in a destructor, so it must not block; one that panics there aborts the process if it is a
    /// destructor during a panic.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Managed;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let (sender, receiver) = tokio::sync::oneshot::channel();
    /// let resource = Managed::new((), async |()| Err(std::io::Error::other("gone")));
    /// drop(resource.on_failure(|error| sender.send(error.to_string()).unwrap()));
    /// assert_eq!(receiver.await.unwrap(), "the release failed: gone");
    /// # }
    /// ```
    pub fn on_failure(mut self, report: impl FnOnce(ReleaseError<E>) + Send + 'static) -> Self {
        self.held_mut().background.report = Box::new(report);
        self
    }

    /// Releases the resource, and waits for it.
    ///
    /// # Errors
    /// What the release ended with, or that it took too long.
    ///
    /// # Cancellation and panics
    /// If this future is dropped, also before its first poll, the rest of the release runs in the background. A panic of the
    /// release passes through.
    ///
    /// # Panics
    /// Outside of a tokio runtime with time enabled.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Managed;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let resource = Managed::new((), async |()| Ok::<(), std::io::Error>(()));
    /// resource.release().await.unwrap();
    /// # }
    /// ```
    pub fn release(mut self) -> impl Future<Output = Result<(), ReleaseError<E>>> + Send + use<T, E> {
        self.start()
    }

    /// Runs `body` on the resource, then releases it, whatever the body ended with.
    ///
    /// # Errors
    /// The error of the body, of the release, or both. If the body succeeded and the release did not, the body's value is
    /// dropped; where that matters, call [`release`](Self::release) yourself.
    ///
    /// # Cancellation and panics
    /// If this future is dropped, the resource is released in the background. If the body panics, the resource is released
    /// first, and the panic goes on after that.
    ///
    /// # Panics
    /// Outside of a tokio runtime with time enabled.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Managed;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), steadfast::managed::ManagedError<std::io::Error, std::io::Error>> {
    /// let connection = Managed::new(Vec::new(), async |_connection: Vec<u8>| Ok(()));
    /// let sent = connection.with(async |connection| {
    ///     connection.extend(b"hello");
    ///     Ok(connection.len())
    /// }).await?;
    /// assert_eq!(sent, 5);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn with<V, B>(
        mut self,
        body: impl AsyncFnOnce(&mut T) -> Result<V, B>,
    ) -> Result<V, ManagedError<B, E>> {
        let ended = {
            let mut body = pin!(body(&mut self.held_mut().resource));
            poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| body.as_mut().poll(cx))) {
                Ok(Poll::Pending) => Poll::Pending,
                Ok(Poll::Ready(outcome)) => Poll::Ready(Ok(outcome)),
                Err(panic) => Poll::Ready(Err(panic)),
            })
            .await
        };
        let mut releasing = self.start();
        let released = (&mut releasing).await;
        match (ended, released) {
            (Ok(Ok(value)), Ok(())) => Ok(value),
            (Ok(Ok(_)), Err(release)) => Err(ManagedError::Release(release)),
            (Ok(Err(body)), Ok(())) => Err(ManagedError::Body(body)),
            (Ok(Err(body)), Err(release)) => Err(ManagedError::Both { body, release }),
            (Err(panic), released) => {
                if let Err(error) = released {
                    releasing.report(error);
                }
                resume_unwind(panic)
            }
        }
    }

    /// The resource, which nobody releases any more.
    ///
    /// # Examples
    /// ```
    /// # use steadfast::Managed;
    /// let resource = Managed::new(7, async |_| Ok::<(), std::io::Error>(()));
    /// assert_eq!(resource.into_inner(), 7);
    /// ```
    pub fn into_inner(mut self) -> T {
        self.take().resource
    }

    fn start(&mut self) -> Releasing<E> {
        let Held { resource, release, limit, background } = self.take();
        Releasing::start(resource, release, limit, background)
    }

    fn take(&mut self) -> Held<T, E> {
        self.held.take().expect("only a method that takes the resource takes what is held")
    }

    fn held_mut(&mut self) -> &mut Held<T, E> {
        self.held.as_mut().expect("the resource is there as long as its manager is")
    }
}

impl<T, E> Drop for Managed<T, E>
where
    T: Send + 'static,
    E: fmt::Debug + Send + 'static,
{
    fn drop(&mut self) {
        if self.held.is_some() {
            // Dropped unpolled, it runs in the background.
            drop(self.start());
        }
    }
}

impl<T, E> Deref for Managed<T, E>
where
    T: Send + 'static,
    E: fmt::Debug + Send + 'static,
{
    type Target = T;

    fn deref(&self) -> &T {
        &self.held.as_ref().expect("the resource is there as long as its manager is").resource
    }
}

impl<T, E> DerefMut for Managed<T, E>
where
    T: Send + 'static,
    E: fmt::Debug + Send + 'static,
{
    fn deref_mut(&mut self) -> &mut T {
        &mut self.held_mut().resource
    }
}

impl<T, E> fmt::Debug for Managed<T, E>
where
    T: fmt::Debug + Send + 'static,
    E: fmt::Debug + Send + 'static,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Managed").field(&**self).finish()
    }
}
