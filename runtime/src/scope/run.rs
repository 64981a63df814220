//! The future of a scope: its body, then the end of everything that the body has begun.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::task::coop;
use tokio::time::{Instant, Sleep, sleep_until};

use super::core::Core;
use super::join::{Ended, Next};
use super::reason::{CancelReason, CancelSource};
use super::record::What;
use super::stop;
use crate::ambient::{self, Ambient, Entered};
use crate::tracker::current;

/// How long after a deadline that is also somebody else's that one is given to end the scope.
const GIVE_WAY: Duration = Duration::from_millis(1);

pin_project! {
    /// A scope that runs.
    pub(crate) struct Run<F: Future> {
        // Dropped before the frame: what the body holds goes before its children are given away.
        #[pin]
        body: Option<F>,
        output: Option<F::Output>,
        failed: fn(&F::Output) -> bool,
        #[pin]
        timer: Option<Sleep>,
        // The one that the body finds as the current scope.
        inside: Option<Arc<Core>>,
        frame: Frame,
    }

    impl<F: Future> PinnedDrop for Run<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let Some(core) = this.frame.0.as_deref() else { return };
            if this.body.is_some() {
                let dropped = inside(core, this.inside, || guarded(|| this.body.set(None)));
                match dropped {
                    Ok(()) => {}
                    // Another panic is on its way, and two at once would end the process.
                    Err(payload) if std::thread::panicking() => stop::log(core.test(), None, &What::Panic(payload)),
                    Err(payload) => resume_unwind(payload),
                }
            }
        }
    }
}

/// The scope, until it has ended.
struct Frame(Option<Arc<Core>>);

impl Drop for Frame {
    fn drop(&mut self) {
        if let Some(core) = self.0.take() {
            core.frame_dropped(&core);
        }
    }
}

/// How a scope ended.
pub(crate) struct Outcome<R> {
    /// `None` if the body was stopped or panicked.
    pub(super) output: Option<R>,
    pub(super) ended: Ended,
    pub(super) core: Arc<Core>,
}

impl<F: Future> Run<F> {
    /// `failed` says whether what the body returns ends the children.
    pub(crate) fn new(core: Arc<Core>, body: F, failed: fn(&F::Output) -> bool) -> Self {
        Self {
            body: Some(body),
            output: None,
            failed,
            timer: None,
            inside: Some(Arc::clone(&core)),
            frame: Frame(Some(core)),
        }
    }

    /// Polls the body, if there is one and nothing has stopped it; drops it as soon as it has ended.
    fn poll_body(self: Pin<&mut Self>, core: &Core, cx: &mut Context<'_>) {
        let mut this = self.project();
        if this.body.is_none() {
            return;
        }
        let stopped = core.is_stopping();
        let mut body = this.body.as_mut();
        let (polled, dropped) = inside(core, this.inside, || {
            let polled = guarded(|| match body.as_mut().as_pin_mut() {
                Some(future) if !stopped => future.poll(cx),
                _ => Poll::Pending,
            });
            let ended = stopped || !matches!(polled, Ok(Poll::Pending));
            (polled, if ended { guarded(|| body.set(None)) } else { Ok(()) })
        });
        match polled {
            Ok(Poll::Ready(output)) => {
                if (this.failed)(&output) {
                    let cause = "the body returned an error";
                    core.stop(CancelReason::new(CancelSource::Body, cause.into()));
                }
                *this.output = Some(output);
            }
            Ok(Poll::Pending) => {}
            Err(payload) => core.body_panic(payload),
        }
        if let Err(payload) = dropped {
            core.body_panic(payload);
        }
    }

    /// Ready when `at` has come.
    fn poll_timer(self: Pin<&mut Self>, at: Instant, cx: &mut Context<'_>) -> Poll<()> {
        let mut timer = self.project().timer;
        match timer.as_mut().as_pin_mut() {
            None => timer.set(Some(sleep_until(at))),
            Some(timer) if timer.deadline() != at => timer.reset(at),
            Some(_) => {}
        }
        let timer = timer.as_pin_mut().expect("set above");
        // A body that has used the task's budget up must not keep its own deadline from being seen.
        std::pin::pin!(coop::unconstrained(timer)).poll(cx)
    }

    fn poll_deadline(mut self: Pin<&mut Self>, core: &Core, cx: &mut Context<'_>) -> Poll<()> {
        let Some(own) = core.deadline else { return Poll::Pending };
        let mut at = own;
        loop {
            ready!(self.as_mut().poll_timer(at, cx));
            if ambient::current().deadline.is_none_or(|outer| outer > own) {
                core.stop(CancelReason::new(CancelSource::Deadline, "the deadline has passed".into()));
                return Poll::Ready(());
            }
            // Whoever set the enclosing deadline ends this one too; if it does not, the clock goes on.
            at = Instant::now() + GIVE_WAY;
        }
    }
}

/// Runs a piece of the body inside of its scope; `work` must not panic.
#[inline]
fn inside<R>(core: &Core, own: &mut Option<Arc<Core>>, work: impl FnOnce() -> R) -> R {
    let outer = ambient::current();
    let deadline = ambient::earlier(core.deadline, outer.deadline);
    let around = current::replace(own.take());
    let done = {
        let _entered = Entered::new(Ambient { deadline, ..outer });
        work()
    };
    *own = current::replace(around);
    done
}

fn guarded<R>(work: impl FnOnce() -> R) -> Result<R, Box<dyn Any + Send>> {
    catch_unwind(AssertUnwindSafe(work))
}

impl<F: Future> Future for Run<F> {
    type Output = Outcome<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let core = Arc::clone(self.frame.0.as_ref().expect("polled after it was ready"));
        loop {
            self.as_mut().poll_body(&core, cx);
            match core.next_step(self.body.is_some(), cx) {
                Next::Ended(ended) => {
                    let this = self.project();
                    this.frame.0 = None;
                    *this.inside = None;
                    if let Some(node) = &core.node {
                        node.end();
                    }
                    return Poll::Ready(Outcome { output: this.output.take(), ended, core });
                }
                Next::Wait => ready!(self.as_mut().poll_deadline(&core, cx)),
                Next::Again => {}
                Next::Abort { at } => {
                    if let Some(at) = at {
                        ready!(self.as_mut().poll_timer(at, cx));
                    }
                    core.abort();
                }
                Next::Abandon { at } => {
                    ready!(self.as_mut().poll_timer(at, cx));
                    core.abandon();
                }
                Next::WaitForDestructors => return Poll::Pending,
            }
        }
    }
}
