//! Children that borrow: concurrency within one task.

mod children;
mod handle;
mod ready;

use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use children::{Children, Ended, Shared};
pub use handle::JoinTask;

use crate::scope::{CancelReason, CancelSource, FailureKind, GroupError, GroupErrorKind, Label, TaskFailure};

/// A handle of a [`join_scope`], to spawn into it. Clones are of the same scope.
///
/// `'env` is how long what the children borrow lives: longer than the scope. It may be stored and moved into children, and
/// keeps nobody waiting.
pub struct JoinScope<'env, E> {
    shared: Arc<Shared<'env, E>>,
}

/// Runs `body`, which may spawn children that borrow, and waits for all of them.
///
/// It is a [`scope`](crate::scope()) within the task that calls it: children run at the same time, but not in parallel, and
/// a child that blocks holds up all of them. In exchange they need not be `'static`, and a scope that is dropped drops
/// them on the spot. Tasks that run in parallel can outlive whoever forgets to wait for them, which is why they cannot
/// borrow.
///
/// The first child that returns an error ends the others; so does the body with an error. The body is dropped before its
/// children are waited for. A child is polled only when it was woken.
///
/// # Errors
/// If the body or a child fails.
///
/// # Cancellation
/// When it is dropped, the body and all children are dropped with it, at the await where each of them stands.
///
/// # Panics
/// With the panic of the body or of a child, when all others have been dropped.
///
/// # Examples
/// ```
/// use steadfast::join_scope;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), steadfast::GroupError<std::num::ParseIntError>> {
/// let text = String::from("1 2 3");
/// let sum = join_scope(async |s| {
///     let numbers: Vec<_> = text.split(' ').map(|number| s.spawn(async move { number.parse::<u32>() })).collect();
///     let mut sum = 0;
///     for number in numbers {
///         sum += number.await;
///     }
///     Ok(sum)
/// });
/// assert_eq!(sum.await?, 6);
/// # Ok(())
/// # }
/// ```
pub async fn join_scope<'env, T, E, F, Fut>(body: F) -> Result<T, GroupError<E>>
where
    F: FnOnce(JoinScope<'env, E>) -> Fut,
    Fut: Future<Output = Result<T, E>>,
    E: Send + 'env,
{
    let shared = Arc::new(Shared::new());
    let children = Children::new(Arc::clone(&shared));
    let body = body(JoinScope { shared });
    Run { body: Some(body), value: None, children }.await
}

impl<'env, E: Send + 'env> JoinScope<'env, E> {
    /// Runs `future` as a child. An error that it returns is the scope's, and ends it.
    ///
    /// Children may spawn children. In a scope that has ended, or is about to, `future` is dropped without being polled.
    #[track_caller]
    pub fn spawn<T, F>(&self, future: F) -> JoinTask<T>
    where
        F: Future<Output = Result<T, E>> + Send + 'env,
        T: Send + 'env,
    {
        let (give, task) = handle::pair();
        let label = Label::at(Location::caller());
        self.shared.add(
            label,
            Box::pin(async move {
                give.value(future.await?);
                Ok(())
            }),
        );
        task
    }

    /// Drops every child, and the body at its next await. A body that returns without another await keeps its value.
    pub fn cancel(&self, reason: impl Into<std::borrow::Cow<'static, str>>) {
        self.shared.cancel(CancelReason::new(CancelSource::Requested, reason.into()));
    }

    /// How many children have not ended.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shared.len()
    }

    /// Whether every child has ended.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<E> Clone for JoinScope<'_, E> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<E> fmt::Debug for JoinScope<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinScope").field("children", &self.shared.len()).finish()
    }
}

pin_project! {
    struct Run<'env, F, T, E> {
        #[pin]
        body: Option<F>,
        value: Option<T>,
        // After the body, which may hold what children wait for.
        children: Children<'env, E>,
    }
}

impl<F, T, E> Run<'_, F, T, E>
where
    F: Future<Output = Result<T, E>>,
{
    /// Everything is dropped, and a panic goes on after that.
    fn fail(self: Pin<&mut Self>, failure: Ended<E>, kind: GroupErrorKind) -> GroupError<E> {
        let mut this = self.project();
        // What panics while it is dropped for a failure does not hide the failure.
        let _ = catch_unwind(AssertUnwindSafe(|| this.body.set(None)));
        let _ = catch_unwind(AssertUnwindSafe(|| this.children.clear()));
        match failure {
            Ended::Panic(payload) => resume_unwind(payload),
            Ended::Cancelled(reason) => GroupError::new(kind, Vec::new(), Some(reason)),
            Ended::Error { label, index, error, reason } => {
                let failure = TaskFailure::new(label, index, FailureKind::Error(error));
                GroupError::new(kind, vec![failure], Some(reason))
            }
        }
    }

    fn poll_body(self: Pin<&mut Self>) -> Result<(), Ended<E>> {
        let mut this = self.project();
        let Some(waker) = this.children.body_is_woken().filter(|_| this.body.is_some()) else {
            return Ok(());
        };
        let mut body = this.body.as_mut();
        let polled = catch_unwind(AssertUnwindSafe(|| {
            let polled =
                body.as_mut().as_pin_mut().expect("just seen").poll(&mut Context::from_waker(&waker));
            if polled.is_ready() {
                body.set(None);
            }
            polled
        }));
        match polled {
            Ok(Poll::Pending) => Ok(()),
            Ok(Poll::Ready(Ok(value))) => {
                *this.value = Some(value);
                Ok(())
            }
            Ok(Poll::Ready(Err(error))) => Err(Ended::Error {
                label: None,
                index: None,
                error,
                reason: CancelReason::new(CancelSource::Body, "the body returned an error".into()),
            }),
            Err(payload) => Err(Ended::Panic(payload)),
        }
    }
}

impl<F, T, E> Future for Run<'_, F, T, E>
where
    F: Future<Output = Result<T, E>>,
{
    type Output = Result<T, GroupError<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.as_mut().project().children.begin(cx);
        let outcome = match self.as_mut().poll_body() {
            Ok(()) => {
                let this = self.as_mut().project();
                ready!(this.children.poll_all(this.body.is_some(), cx))
            }
            Err(failure) => Err(failure),
        };
        Poll::Ready(match outcome {
            Ok(()) => Ok(self.project().value.take().expect("polled after it was ready")),
            Err(Ended::Cancelled(reason)) => {
                if let Some(value) = self.as_mut().project().value.take() {
                    let _ = self.fail(Ended::Cancelled(reason), GroupErrorKind::Cancelled);
                    return Poll::Ready(Ok(value));
                }
                Err(self.fail(Ended::Cancelled(reason), GroupErrorKind::Cancelled))
            }
            Err(failure) => Err(self.fail(failure, GroupErrorKind::Failed)),
        })
    }
}
