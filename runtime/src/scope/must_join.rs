//! What `#[must_join]` expands to: a scope around a body that knows nothing of it.

use std::any::Any;
use std::fmt;
use std::future::{Future, pending};
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::{coop, yield_now};
use tokio::time::Instant;

use super::child::Any_;
use super::core::{Core, Erased, OnError, Refused, Settings, What};
use super::finish::resume_panics;
use super::handle::TaskHandle;
use super::options::Panics;
use super::reason::CancelSource;
use super::run::{Outcome, Run};
use super::slab::{Convert, Label};
use super::spawn::{Holding, Returned as GivenBack};
use super::stop;
use crate::error::PolicyError;
use crate::observe::{self, Event};
use crate::site::Site;
use crate::switch::{self, PolicyKind};
use crate::tracker::{Root, current};

/// The arguments of the attribute.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    limit: Option<usize>,
    grace: Option<Duration>,
    timeout: Option<Duration>,
    graceful: bool,
    panics: Panics,
    collect_errors: bool,
}

impl Options {
    /// No limit, no grace, no timeout.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            grace: None,
            timeout: None,
            graceful: false,
            panics: Panics::Propagate,
            collect_errors: false,
        }
    }

    /// At most so many tasks run at once; the others wait before their first poll.
    #[must_use]
    pub const fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Between a cancel and the abort.
    #[must_use]
    pub const fn grace(mut self, grace: Duration) -> Self {
        self.grace = Some(grace);
        self
    }

    /// For the body and its tasks.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// A cancel aborts nobody before the grace is over, and without a grace never, also when the call is dropped.
    #[must_use]
    pub const fn graceful(mut self) -> Self {
        self.graceful = true;
        self
    }

    /// A panic lets the other tasks end first.
    #[must_use]
    pub const fn collect_panics(mut self) -> Self {
        self.panics = Panics::Collect;
        self
    }

    /// So does an error.
    #[must_use]
    pub const fn collect_errors(mut self) -> Self {
        self.collect_errors = true;
        self
    }

    #[track_caller]
    fn settings(self, site: &'static Site) -> Settings {
        let limit = self.limit.map(|limit| {
            // Checked where it is a constant; what else it may be is decided by the caller's numbers.
            Arc::new(Semaphore::new(limit.clamp(1, Semaphore::MAX_PERMITS)))
        });
        Settings {
            label: Label::named(site.function()),
            on_error: if self.collect_errors { OnError::Collect } else { OnError::Cancel },
            panics: self.panics,
            grace: if self.graceful { self.grace } else { Some(self.grace.unwrap_or_default()) },
            graceful_drop: self.graceful,
            deadline: self.timeout.filter(|_| !switch::disabled(PolicyKind::Timeout)),
            limit,
            abandon_blocking_after: None,
            handles_observe: true,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

/// What ends the call in the body's place.
#[derive(Debug)]
pub enum Failure {
    /// The time was up.
    TimedOut(PolicyError),
    /// A task whose handle was discarded has failed.
    Task(TaskError),
}

/// The error of a task, as the function's own.
pub struct TaskError(Erased);

impl fmt::Debug for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TaskError")
    }
}

/// Runs `body`, and waits for the tasks that it spawns with [`spawn`], on whatever way it ends.
///
/// # Panics
/// With the first panic of the body, or of a task whose handle nobody awaits.
#[track_caller]
pub fn join<F: Future>(
    site: &'static Site,
    options: Options,
    body: F,
) -> impl Future<Output = Result<F::Output, Failure>> {
    let settings = options.settings(site);
    async move {
        let started = Instant::now();
        let outcome = Run::new(Core::enter(settings), body, |_| false).await;
        end(outcome).map_err(|error| match error {
            Some(error) => Failure::Task(error),
            None => Failure::TimedOut(timed_out(site, options.timeout.unwrap_or_default(), started)),
        })
    }
}

/// The same where nothing but the body can end the call.
///
/// # Panics
/// As [`join`].
#[track_caller]
pub fn join_all<F: Future>(
    site: &'static Site,
    options: Options,
    body: F,
) -> impl Future<Output = F::Output> {
    let settings = options.settings(site);
    async move {
        match end(Run::new(Core::enter(settings), body, |_| false).await) {
            Ok(value) => value,
            Err(_) => unreachable!("no task can fail in the function's name, and it has no timeout"),
        }
    }
}

/// The body's value, a task's error, or none when the time was up.
fn end<R>(outcome: Outcome<R>) -> Result<R, Option<TaskError>> {
    let Outcome { output, ended, core } = outcome;
    let records = resume_panics(core.settings.panics, ended.records);
    let mut first = None;
    let mut panics = Vec::new();
    for record in records {
        match record.what {
            What::Error(error) if first.is_none() => first = Some(TaskError(error)),
            What::Panic(_) => panics.push(record),
            what => stop::log(&what),
        }
    }
    if first.is_none() {
        // Collected or not: no function's error can carry a panic, and nobody else has seen it.
        let _ = resume_panics(Panics::Propagate, panics);
    } else {
        for record in &panics {
            stop::log(&record.what);
        }
    }
    let elapsed = ended.reason.is_some_and(|reason| reason.source() == CancelSource::Deadline);
    match (first, output) {
        (Some(error), _) => Err(Some(error)),
        (None, Some(value)) if !elapsed => Ok(value),
        (None, _) => Err(None),
    }
}

#[cold]
fn timed_out(site: &'static Site, limit: Duration, started: Instant) -> PolicyError {
    let error = PolicyError::timed_out(site.function(), limit, started.elapsed());
    observe::emit(site, &Event::TimedOut { error: &error });
    error
}

/// `tokio::spawn`, into the call that the code runs in.
#[track_caller]
pub fn spawn<F>(future: F) -> TaskHandle<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let label = Label::here();
    admit(future, |core, future| match core.settings.limit.clone() {
        None => core.spawn::<F, Any_>(label.clone(), future),
        Some(limit) => {
            let waiting = |future| async move { Waiting { limit, core: current::get() }.hold(future).await };
            spawn_waiting(core, &label, future, waiting)
        }
    })
}

fn spawn_waiting<F, W>(
    core: &Arc<Core>,
    label: &Label,
    future: F,
    waiting: impl FnOnce(F) -> W,
) -> Result<TaskHandle<F::Output>, GivenBack<F>>
where
    F: Future<Output: Send + 'static> + Send + 'static,
    W: Future<Output = F::Output> + Send + 'static,
{
    match core.refusal() {
        Some(refused) => Err((refused, future)),
        None => Ok(core
            .spawn::<W, Any_>(label.clone(), waiting(future))
            .unwrap_or_else(|_| TaskHandle::cancelled())),
    }
}

/// `tokio::task::spawn_local`, likewise.
#[track_caller]
pub fn spawn_local<F>(future: F) -> TaskHandle<F::Output>
where
    F: Future<Output: 'static> + 'static,
{
    let label = Label::here();
    admit(future, |core, future| match core.settings.limit.clone() {
        None => core.spawn_local::<F, Any_>(label.clone(), future),
        Some(limit) => match core.refusal() {
            Some(refused) => Err((refused, future)),
            None => {
                let waiting = async move { Waiting { limit, core: current::get() }.hold(future).await };
                let spawned = core.spawn_local::<_, Any_>(label.clone(), waiting);
                Ok(spawned.unwrap_or_else(|_| TaskHandle::cancelled()))
            }
        },
    })
}

/// `tokio::task::spawn_blocking`, likewise. The limit does not count it: what waits for a place would hold a thread.
#[track_caller]
pub fn spawn_blocking<T, F>(work: F) -> TaskHandle<T>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let label = Label::here();
    admit(work, |core, work| core.spawn_blocking::<T, F, Any_>(label.clone(), work))
}

/// Into the innermost scope that has not ended, at last the root tracker.
fn admit<W, T: 'static>(
    mut work: W,
    spawn: impl Fn(&Arc<Core>, W) -> Result<TaskHandle<T>, GivenBack<W>>,
) -> TaskHandle<T> {
    let mut core = current::get().unwrap_or_else(|| Root::of_process().core());
    loop {
        match spawn(&core, work) {
            Ok(handle) => return handle,
            Err((Refused::Aborting, _dropped)) => return TaskHandle::cancelled(),
            // A task that was taken out of its scope outlives it.
            Err((Refused::Finished, given_back)) => work = given_back,
        }
        core = core.parent.clone().unwrap_or_else(|| core.top());
    }
}

/// A task that waits for its turn.
struct Waiting {
    limit: Arc<Semaphore>,
    core: Option<Arc<Core>>,
}

impl Waiting {
    async fn hold<F: Future>(self, future: F) -> F::Output {
        if let Ok(permit) = self.limit.acquire_owned().await {
            return Holding::new(future, permit).await;
        }
        // The call is being cancelled, and what has not begun does not begin.
        drop(future);
        let (Some(core), Some(id)) = (self.core, tokio::task::try_id()) else { return pending().await };
        while !core.abort_task(id) {
            yield_now().await;
        }
        pending().await
    }
}

/// A handle that nobody binds.
#[must_use]
pub fn discarded<T>(handle: TaskHandle<T>) -> Discarded<T> {
    Discarded(handle)
}

/// What becomes of the task depends on what it returns: a `Result` has methods of its own, everything else those of
/// [`NoError`], which is found by dereferencing.
#[derive(Debug)]
pub struct Discarded<T>(TaskHandle<T>);

impl<T: 'static, E: 'static> Discarded<Result<T, E>> {
    /// An error of the task ends the call.
    #[track_caller]
    #[allow(clippy::missing_panics_doc, reason = "the output is the task's own")]
    pub fn or_fail<M: Accepts<E>>(self, _accepts: M) {
        settle(self.0, Label::here(), |output: &mut dyn Any| {
            let output = output.downcast_mut::<Option<Result<T, E>>>().expect("the task's own output").take();
            Some(Box::new(M::accept(output?.err()?)))
        });
    }

    /// An error of the task is logged.
    #[track_caller]
    #[allow(clippy::missing_panics_doc, reason = "the output is the task's own")]
    pub fn or_log(self) {
        settle(self.0, Label::here(), |output: &mut dyn Any| {
            let output = output.downcast_mut::<Option<Result<T, E>>>().expect("the task's own output").take();
            if let Some(Err(error)) = output {
                stop::log(&What::Error(Box::new(type_of(&error))));
            }
            None
        });
    }
}

fn type_of<E>(_: &E) -> &'static str {
    std::any::type_name::<E>()
}

impl<T> Deref for Discarded<T> {
    type Target = NoError;

    fn deref(&self) -> &NoError {
        &NoError
    }
}

/// What cannot fail, or has no place for an error.
#[derive(Clone, Copy, Debug)]
pub struct NoError;

impl NoError {
    /// A task that returns no `Result` cannot end the call with an error.
    pub fn or_fail<M>(&self, _accepts: M) {}

    /// Nor has it anything to log.
    pub fn or_log(&self) {}

    /// A function that returns no `Result` has no error.
    #[must_use]
    pub const fn error(&self) -> Self {
        Self
    }

    /// It never comes to this.
    ///
    /// # Panics
    /// Always.
    #[allow(clippy::needless_pass_by_value, reason = "the same call as where there is an error")]
    pub fn end<R>(&self, failure: Failure) -> R {
        unreachable!("no task could fail in the name of a function that returns no `Result`: {failure:?}")
    }
}

/// The task has an end to come, or it is looked at now.
fn settle<T: 'static>(handle: TaskHandle<T>, label: Label, convert: Convert) {
    let (Some(core), place, mut join) = handle.into_parts() else { return };
    if core.discard(place, convert) {
        return;
    }
    // It has returned, and another thread is about to put its value down.
    while !join.is_finished() {
        std::thread::yield_now();
    }
    let mut join = coop::unconstrained(&mut join);
    match Pin::new(&mut join).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(mut output)) => {
            if let Some(error) = convert(&mut output) {
                core.late_error(label, place.index, error);
            }
        }
        Poll::Ready(Err(_)) | Poll::Pending => core.handle_dropped(place),
    }
}

/// A function's return type.
#[derive(Debug)]
pub struct Returned<R>(PhantomData<fn() -> R>);

/// The error type of a function.
#[derive(Debug)]
pub struct FailWith<E>(PhantomData<fn() -> E>);

impl<R> Returned<R> {
    /// Of a function that returns `R`.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<R> Default for Returned<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, E: 'static> Returned<Result<T, E>> {
    /// What an error of a task has to become.
    #[must_use]
    pub const fn error(self) -> FailWith<E> {
        FailWith(PhantomData)
    }

    /// The failure as the function's error.
    ///
    /// # Panics
    /// If the time was up, which the caller has looked at.
    pub fn end<V>(self, failure: Failure) -> Result<V, E> {
        match failure {
            Failure::Task(TaskError(error)) => match error.downcast() {
                Ok(error) => Err(*error),
                Err(_) => unreachable!("`or_fail` has made it one of the function's errors"),
            },
            Failure::TimedOut(error) => unreachable!("handled by the caller: {error}"),
        }
    }
}

impl<R> Deref for Returned<R> {
    type Target = NoError;

    fn deref(&self) -> &NoError {
        &NoError
    }
}

/// A function whose error a task's error can become.
#[diagnostic::on_unimplemented(
    message = "this task's handle is discarded, and its error `{E}` cannot become the function's own",
    label = "its `{E}` would be lost",
    note = "bind the handle and await it, or return a `Result` whose error type has `From<{E}>` and is `Send + 'static`",
    note = "or say that it may get lost: `#[must_join(on_error = log)]`"
)]
pub trait Accepts<E> {
    /// The function's error type.
    type Error: Send + 'static;

    /// By `From`.
    fn accept(error: E) -> Self::Error;
}

impl<E1, E: From<E1> + Send + 'static> Accepts<E1> for FailWith<E> {
    type Error = E;

    #[inline]
    fn accept(error: E1) -> E {
        E::from(error)
    }
}
