//! What `#[shield]` expands to: a call that runs to its end once it has begun.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::runtime::Handle;

use crate::ambient::{self, Ambient, Entered};
use crate::scope::{Core, Label};
use crate::site::Site;
use crate::tracker::current;
use crate::tracker::hold::Hold;

/// `future`, which goes on in the background when it is dropped between its first poll and its end.
#[must_use = "futures do nothing unless polled"]
pub struct Shield<T: Send + 'static> {
    future: Option<Boxed<T>>,
    label: Label,
    begun: Option<Begun>,
}

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Where it was polled first.
struct Begun {
    runtime: Option<Handle>,
    scope: Option<Arc<Core>>,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

/// Shields `future`. Until it is dropped it runs in whoever awaits it, deadline and all. After that the rest runs as a
/// task without a deadline, for which the scope waits that it was called in: nothing aborts it but the end of the
/// runtime. A call that is dropped before its first poll has not begun, and one that is dropped by a panic that comes
/// through it goes with it.
#[track_caller]
pub fn shield<F>(site: &'static Site, future: F) -> Shield<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    Shield { future: Some(Box::pin(future)), label: Label::named(site.function()), begun: None }
}

impl<T: Send + 'static> Future for Shield<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        if self.begun.is_none() {
            self.begun = Some(Begun {
                runtime: Handle::try_current().ok(),
                scope: current::get(),
                #[cfg(feature = "tracing")]
                span: tracing::Span::current(),
            });
        }
        // Taken out, so that one that panics does not go on in the background.
        let mut future = self.future.take().expect("polled after it was ready");
        let polled = future.as_mut().poll(cx);
        if polled.is_pending() {
            self.future = Some(future);
        }
        polled
    }
}

impl<T: Send + 'static> Drop for Shield<T> {
    fn drop(&mut self) {
        let (Some(future), Some(begun)) = (self.future.take(), self.begun.take()) else { return };
        // The runtime of the moment first: it is alive.
        let Some(runtime) = Handle::try_current().ok().or(begun.runtime) else { return };
        let hold = match begun.scope {
            Some(scope) => Hold::within(scope, &self.label),
            None => Hold::here(&self.label.clone()),
        };
        let rest = Rest {
            future,
            ambient: Ambient { deadline: None, ..ambient::current() },
            scope: Some(hold.scope()),
            #[cfg(feature = "tracing")]
            span: begun.span,
            hold,
        };
        drop(runtime.spawn(rest));
    }
}

/// What is left of the call. Its fields are dropped in order: the scope waits for the future's destructors too.
struct Rest<T> {
    future: Boxed<T>,
    ambient: Ambient,
    scope: Option<Arc<Core>>,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
    #[expect(dead_code, reason = "kept until the future is gone")]
    hold: Hold,
}

/// Puts what was outside back, also when the poll panics.
struct Inside<'a> {
    scope: &'a mut Option<Arc<Core>>,
    outer: Option<Arc<Core>>,
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        *self.scope = current::replace(self.outer.take());
    }
}

impl<T> Future for Rest<T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let outer = current::replace(this.scope.take());
        let _inside = Inside { scope: &mut this.scope, outer };
        let _entered = Entered::new(this.ambient);
        #[cfg(feature = "tracing")]
        let _in_span = this.span.enter();
        this.future.as_mut().poll(cx).map(drop)
    }
}
