//! A call with a deadline that can be moved.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::task::coop;
use tokio::time::{Instant, Sleep, sleep_until};

use super::handle::{Deadline, Shared};
use crate::ambient::{self, Ambient, Entered};
use crate::error::PolicyError;
use crate::site::Site;
use crate::switch::{self, PolicyKind};
use crate::timeout::{elapsed, poll_deadline};

static SITE: Site = Site::new("deadline::within");

/// Runs `body` and ends it after `limit`, or whenever the [`Deadline`] that it gets says by then.
///
/// `limit` counts from the first poll; `None` sets no limit until the deadline is moved. The body is ended at the await
/// where it stands. One that is ready in the same poll keeps its value.
///
/// As with [`timeout`](macro@crate::timeout), what the body calls sees the earlier of this deadline and the one around it,
/// and of two equal ones the outer ends the call. Where the limit does not move, the attribute costs less.
///
/// # Errors
/// A [`PolicyError`] of kind [`TimedOut`](crate::PolicyErrorKind::TimedOut) when the deadline has passed. It tells the time
/// from the beginning to where the deadline was in the end.
///
/// # Cancellation
/// When it is dropped, the body is dropped with it.
///
/// # Panics
/// With the panic of the body; outside of a tokio runtime with a clock, if the body waits.
///
/// # Examples
/// A connection that is closed after a second without a message:
/// ```
/// use std::time::Duration;
/// use steadfast::deadline;
/// use tokio::sync::mpsc;
/// use tokio::time::{Instant, sleep};
///
/// const IDLE: Duration = Duration::from_secs(1);
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let (tx, mut rx) = mpsc::channel(1);
/// let mut heard = Vec::new();
/// let listen = deadline::within(IDLE, async |limit| {
///     while let Some(message) = rx.recv().await {
///         heard.push(message);
///         limit.reschedule(Instant::now() + IDLE);
///     }
/// });
/// let talk = async {
///     for message in 0..3 {
///         sleep(Duration::from_millis(900)).await;
///         tx.send(message).await.unwrap();
///     }
///     sleep(2 * IDLE).await; // and says no more
/// };
/// let (ended, ()) = tokio::join!(listen, talk);
/// assert!(ended.is_err());
/// assert_eq!(heard, [0, 1, 2]);
/// # }
/// ```
pub async fn within<T, F, Fut>(limit: impl Into<Option<Duration>>, body: F) -> Result<T, PolicyError>
where
    F: FnOnce(Deadline) -> Fut,
    Fut: Future<Output = T>,
{
    let started = Instant::now();
    let at = limit.into().and_then(|limit| started.checked_add(limit));
    let shared = Arc::new(Shared::new(at, switch::disabled(PolicyKind::Timeout)));
    let body = body(Deadline::new(Arc::clone(&shared)));
    Within { body, timer: None, shared: Running(shared), started }.await
}

pin_project! {
    struct Within<F> {
        #[pin]
        body: F,
        // Armed when the body is pending for the first time.
        #[pin]
        timer: Option<Sleep>,
        shared: Running,
        started: Instant,
    }
}

/// A call that has not ended.
struct Running(Arc<Shared>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.ended();
    }
}

impl<F: Future> Future for Within<F> {
    type Output = Result<F::Output, PolicyError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let had_budget = coop::has_budget_remaining();
        let outer = ambient::current();
        {
            let (_polled, deadline) = this.shared.0.polled(outer.deadline);
            let _entered = Entered::new(Ambient { deadline, ..outer });
            if let Poll::Ready(output) = this.body.poll(cx) {
                return Poll::Ready(Ok(output));
            }
        }
        let Some(own) = this.shared.0.wait(cx) else { return Poll::Pending };
        match this.timer.as_mut().as_pin_mut() {
            None => this.timer.set(Some(sleep_until(own))),
            Some(timer) if timer.deadline() != own => timer.reset(own),
            Some(_) => {}
        }
        let timer = this.timer.as_pin_mut().expect("set above");
        ready!(poll_deadline(timer, own, outer.deadline, had_budget, cx));
        let started = *this.started;
        Poll::Ready(Err(elapsed(&SITE, own.max(started), own.saturating_duration_since(started))))
    }
}
