//! How tasks run: each on a thread of loom's.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use super::error::{Id, JoinError};
use super::handle::{Finish, JoinHandle};

static NEXT: AtomicU64 = AtomicU64::new(1);

loom::thread_local! {
    static TASK: Cell<Option<Id>> = Cell::new(None);
}

fn next_id() -> Id {
    Id(NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The task that runs.
#[must_use]
pub fn try_id() -> Option<Id> {
    TASK.with(Cell::get)
}

/// Runs `future` on a thread of its own.
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let (finish, handle) = JoinHandle::new(next_id());
    let task = Task { future: Some(Box::pin(future)), finish };
    loom::thread::spawn(move || {
        TASK.with(|id| id.set(Some(task.finish.control.id)));
        loom::future::block_on(task);
    });
    handle
}

/// Runs `work` on a thread of its own.
pub fn spawn_blocking<R, W>(work: W) -> JoinHandle<R>
where
    W: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let (finish, handle) = JoinHandle::new(next_id());
    loom::thread::spawn(move || {
        if finish.control.was_aborted() {
            drop(work);
            finish.with(Err(JoinError(None)));
        } else {
            finish.with(catch_unwind(AssertUnwindSafe(work)).map_err(|payload| JoinError(Some(payload))));
        }
    });
    handle
}

/// Not here.
///
/// # Panics
/// Always: loom has no thread that is somebody's own.
pub fn spawn_local<F: Future + 'static>(_future: F) -> JoinHandle<F::Output> {
    panic!("no local tasks here")
}

/// As far as it is a way to a task that was cancelled.
#[derive(Debug, Default)]
pub struct LocalSet;

impl LocalSet {
    /// One that is dropped soon.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }

    /// Cancelled, as it would be when the set is dropped.
    pub fn spawn_local<F: Future + 'static>(&self, future: F) -> JoinHandle<F::Output> {
        let (finish, handle) = JoinHandle::new(next_id());
        drop(future);
        finish.with(Err(JoinError(None)));
        handle
    }
}

/// Lets the others run.
pub async fn yield_now() {
    let mut yielded = false;
    std::future::poll_fn(|cx| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        loom::thread::yield_now();
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

struct Task<F: Future> {
    /// Dropped before the task has ended.
    future: Option<Pin<Box<F>>>,
    finish: Finish<F::Output>,
}

impl<F: Future> Task<F> {
    /// What is dropped may panic too.
    fn drop_future(&mut self) {
        let _ = catch_unwind(AssertUnwindSafe(|| self.future = None));
    }
}

impl<F: Future> Unpin for Task<F> {}

impl<F: Future> Future for Task<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        if this.finish.control.is_aborted(cx) {
            this.drop_future();
            this.finish.with(Err(JoinError(None)));
            return Poll::Ready(());
        }
        let future = this.future.as_mut().expect("polled after it was ready");
        let outcome = match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => Ok(output),
            Err(payload) => Err(JoinError(Some(payload))),
        };
        this.drop_future();
        this.finish.with(outcome);
        Poll::Ready(())
    }
}
