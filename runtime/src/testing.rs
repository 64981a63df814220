//! Controls for the tests of a service that uses the policies.
//!
//! They hold for one task, never for the process, so that tests which run in parallel do not meet. A task that is
//! spawned inside starts without them.
//!
//! To turn every policy off in a whole process, for example to see what a failing integration test does without them,
//! set the environment variable `STEADFAST_DISABLED=1`. It is read once.

use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::switch::{self, PolicyKind};

thread_local! {
    static CONTROLS: Cell<Option<Controls>> = const { Cell::new(None) };
}

/// What to change about the policies inside [`scope`](Self::scope) or [`run`](Self::run).
///
/// # Examples
/// ```
/// use std::io;
/// use std::sync::atomic::{AtomicU32, Ordering};
/// use steadfast::{retry, testing::Controls};
///
/// static CALLS: AtomicU32 = AtomicU32::new(0);
///
/// #[retry(on = any, attempts = 100, backoff = constant(30s))]
/// async fn flaky() -> io::Result<()> {
///     CALLS.fetch_add(1, Ordering::Relaxed);
///     Err(io::ErrorKind::ConnectionReset.into())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let outcome = Controls::new().no_sleep().max_attempts(4).scope(flaky()).await;
/// assert!(outcome.is_err());
/// assert_eq!(CALLS.load(Ordering::Relaxed), 4);
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Controls {
    no_sleep: bool,
    max_attempts: Option<u32>,
    disabled: u8,
}

impl Controls {
    /// Changes nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { no_sleep: false, max_attempts: None, disabled: 0 }
    }

    /// Retries follow each other at once. Attempts, budgets and deadlines count as ever.
    #[must_use]
    pub const fn no_sleep(mut self) -> Self {
        self.no_sleep = true;
        self
    }

    /// No retry makes more than this many attempts; zero counts as one.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(if attempts == 0 { 1 } else { attempts });
        self
    }

    /// Policies of this kind stand aside: a timeout never fires, a retry makes one attempt, a bulkhead lets all in.
    #[must_use]
    pub const fn disable(mut self, kind: PolicyKind) -> Self {
        self.disabled |= kind.bit();
        self
    }

    /// Applies the controls while `future` is polled. They replace those of an enclosing scope.
    ///
    /// Dropping the returned future drops `future`; a panic in it passes through.
    pub fn scope<F: Future>(self, future: F) -> Scoped<F> {
        switch::set_controlled();
        Scoped { future, controls: self }
    }

    /// Applies the controls while `call` runs, for `#[retry]` on a plain `fn`.
    pub fn run<R>(self, call: impl FnOnce() -> R) -> R {
        switch::set_controlled();
        let _entered = Entered { outer: CONTROLS.replace(Some(self)) };
        call()
    }

    pub(crate) const fn is_disabled(self, kind: PolicyKind) -> bool {
        self.disabled & kind.bit() != 0
    }

    pub(crate) const fn sleeps(self) -> bool {
        !self.no_sleep
    }

    pub(crate) const fn attempts_cap(self) -> Option<u32> {
        self.max_attempts
    }
}

pub(crate) fn current() -> Option<Controls> {
    CONTROLS.get()
}

struct Entered {
    outer: Option<Controls>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        CONTROLS.set(self.outer);
    }
}

pin_project! {
    /// The future of [`Controls::scope`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Scoped<F> {
        #[pin]
        future: F,
        controls: Controls,
    }
}

impl<F: Future> Future for Scoped<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _entered = Entered { outer: CONTROLS.replace(Some(*this.controls)) };
        this.future.poll(cx)
    }
}
