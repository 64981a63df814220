//! What `#[offload]` expands to: a call that runs elsewhere, and is waited for.

use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio_util::task::AbortOnDropHandle;

use super::cpu;
use crate::ambient::{self, Ambient, Entered};
use crate::bulkhead::Bulkhead;
use crate::scope::{Captured, Core, Label};
use crate::tracker::current;
use crate::tracker::hold::Hold;

/// Where the calls of one function run, and how many at once.
#[derive(Debug)]
pub struct Offload {
    function: &'static str,
    location: &'static Location<'static>,
    pool: Pool,
    limit: Option<Bulkhead>,
}

/// Whose threads.
#[derive(Clone, Copy, Debug)]
pub enum Pool {
    /// tokio's, for calls that wait.
    Blocking,
    /// Our own, for calls that compute.
    Cpu,
}

impl Offload {
    /// Any number of calls.
    #[must_use]
    #[track_caller]
    pub const fn new(function: &'static str, pool: Pool) -> Self {
        Self { function, location: Location::caller(), pool, limit: None }
    }

    /// At most so many calls at once; the others wait in line.
    #[must_use]
    #[track_caller]
    pub const fn limited(function: &'static str, pool: Pool, limit: usize) -> Self {
        Self { function, location: Location::caller(), pool, limit: Some(Bulkhead::fixed(limit)) }
    }
}

/// Runs `work` on the pool and gives what it returns.
///
/// Whatever belongs to the call goes with the work and comes back when it ends, not when its caller goes away: the permit
/// of a limit above all, since the thread is busy until then. A caller that goes away before the work has begun takes it
/// back.
///
/// # Panics
/// With what `work` panics, or if the runtime is not there or goes away first.
pub async fn offload<T, F>(at: &'static Offload, work: F) -> T
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let permit = match &at.limit {
        Some(limit) => Some(limit.acquire().await),
        None => None,
    };
    let around = Around::now(at);
    let work = move || {
        // Given back in this order, and before anybody hears of the end.
        around.run(|| {
            let _permit = permit;
            work()
        })
    };
    match at.pool {
        Pool::Blocking => on_blocking_pool(at, work).await,
        Pool::Cpu => on_cpu_pool(work).await,
    }
}

/// What is around the caller, and goes with the work: who waits for it, and what it sees of its surroundings.
struct Around {
    hold: Option<Hold>,
    scope: Option<Arc<Core>>,
    ambient: Ambient,
    locals: Option<Captured>,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

impl Around {
    fn now(at: &'static Offload) -> Self {
        let scope = current::get();
        let label = || Label { name: Some(at.function.into()), location: at.location };
        Self {
            hold: scope.is_some().then(|| Hold::here(&label())),
            scope,
            ambient: ambient::current(),
            locals: Captured::now(),
            #[cfg(feature = "tracing")]
            span: tracing::Span::current(),
        }
    }

    fn run<T>(self, work: impl FnOnce() -> T) -> T {
        // Ends last.
        let _hold = self.hold;
        let _scope = Entering(current::replace(self.scope));
        let _ambient = Entered::new(self.ambient);
        #[cfg(feature = "tracing")]
        let _span = self.span.entered();
        match self.locals {
            Some(locals) => locals.with(work),
            None => work(),
        }
    }
}

/// Puts the scope back that the thread had before.
struct Entering(Option<Arc<Core>>);

impl Drop for Entering {
    fn drop(&mut self) {
        drop(current::replace(self.0.take()));
    }
}

async fn on_blocking_pool<T, F>(at: &'static Offload, work: F) -> T
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let function = at.function;
    let Ok(runtime) = Handle::try_current() else {
        panic!(
            "`{function}` is `#[offload]`, and was polled outside of a tokio runtime, where there is no blocking pool"
        );
    };
    let end = match AbortOnDropHandle::new(runtime.spawn_blocking(work)).await {
        Ok(value) => return value,
        Err(end) => end,
    };
    match end.try_into_panic() {
        Ok(panic) => resume_unwind(panic),
        Err(cancelled) => {
            panic!("the tokio runtime was shut down before `{function}` could begin: {cancelled}")
        }
    }
}

async fn on_cpu_pool<T, F>(work: F) -> T
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    let runtime = Handle::try_current().ok();
    cpu::submit(Box::new(move || {
        if sender.is_closed() {
            return;
        }
        let outcome = {
            // As on tokio's own pool, the work finds the runtime of its caller.
            let _entered = runtime.as_ref().map(Handle::enter);
            catch_unwind(AssertUnwindSafe(work))
        };
        // A value that nobody waits for is dropped here; if that panics, the thread lives on.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(sender.send(outcome))));
    }));
    match receiver.await {
        Ok(Ok(value)) => value,
        Ok(Err(panic)) => resume_unwind(panic),
        Err(_) => unreachable!("the job sends, or nobody receives"),
    }
}
