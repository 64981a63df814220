//! One attempt, marked as such for the calls that it makes.

use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::ambient::{self, Ambient, Entered};
use crate::site::Site;

pin_project! {
    /// One attempt of an asynchronous function.
    #[must_use = "futures do nothing unless polled"]
    pub struct Attempt<F> {
        #[pin]
        future: F,
        site: &'static Site,
    }
}

/// Marks everything that `future` calls as part of an attempt.
#[inline]
pub fn attempt<F: Future>(site: &'static Site, future: F) -> Attempt<F> {
    Attempt { future, site }
}

impl<F: Future> Future for Attempt<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _entered = Entered::new(Ambient { retrying: Some(this.site), ..ambient::current() });
        this.future.poll(cx)
    }
}

/// One attempt of a plain function.
#[inline]
pub fn attempt_blocking<R>(site: &'static Site, body: impl FnOnce() -> R) -> R {
    let _entered = Entered::new(Ambient { retrying: Some(site), ..ambient::current() });
    body()
}
