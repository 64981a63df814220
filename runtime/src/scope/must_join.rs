//! What `#[must_join]` expands to: a scope around a body that knows nothing of it.

mod discarded;
mod options;
mod spawn;

use std::fmt;
use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

pub use discarded::{Accepts, Discarded, FailWith, NoError, Returned, discarded};
pub use options::Options;
pub use spawn::{spawn, spawn_blocking, spawn_local};

use super::core::Core;
use super::finish::resume_panics;
use super::join::Ended;
use super::options::Panics;
use super::reason::CancelSource;
use super::record::{Erased, What};
use super::run::{Outcome, Run};
use super::stop;
use crate::error::PolicyError;
use crate::observe::{self, Event};
use crate::site::Site;
use crate::tracker::registry;

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

/// Runs `body`, and waits for the tasks that it spawns with [`spawn`], on whatever way it ends. If `failed` says so of what it
/// returns, they are cancelled.
///
/// # Panics
/// With the first panic of the body, or of a task whose handle nobody awaits.
#[track_caller]
pub fn join<F: Future>(
    site: &'static Site,
    options: Options,
    failed: fn(&F::Output) -> bool,
    body: F,
) -> impl Future<Output = Result<F::Output, Failure>> {
    let settings = options.settings(site);
    async move {
        let timeout = options.timeout.map(|limit| (limit, Instant::now()));
        let outcome = Run::new(Core::enter(settings), body, failed).await;
        end(outcome).map_err(|error| match error {
            Some(error) => Failure::Task(error),
            None => Failure::TimedOut(timed_out(site, timeout)),
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
    failed: fn(&F::Output) -> bool,
    body: F,
) -> impl Future<Output = F::Output> {
    let settings = options.settings(site);
    async move {
        match end(Run::new(Core::enter(settings), body, failed).await) {
            Ok(value) => value,
            Err(_) => unreachable!("no task can fail in the function's name, and it has no timeout"),
        }
    }
}

/// The body's value, a task's error, or none when the time was up.
#[inline]
fn end<R>(outcome: Outcome<R>) -> Result<R, Option<TaskError>> {
    let Outcome { output, ended, core } = outcome;
    match output {
        Some(value) if ended.is_uneventful() => Ok(value),
        output => after_a_stop(output, ended, &core),
    }
}

#[cold]
fn after_a_stop<R>(output: Option<R>, ended: Ended, core: &Core) -> Result<R, Option<TaskError>> {
    let records = resume_panics(core.settings.panics, ended.records);
    let mut first = None;
    let mut panics = Vec::new();
    for record in records {
        match record.what {
            What::Error(error) if first.is_none() => first = Some(TaskError(error)),
            What::Panic(_) => panics.push(record),
            what => stop::log(registry::test_here(), record.label.as_ref(), &what),
        }
    }
    if first.is_none() {
        // Collected or not: no function's error can carry a panic, and nobody else has seen it.
        let _ = resume_panics(Panics::Propagate, panics);
    } else {
        for record in &panics {
            stop::log(registry::test_here(), record.label.as_ref(), &record.what);
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
fn timed_out(site: &'static Site, timeout: Option<(Duration, Instant)>) -> PolicyError {
    let (limit, started) = timeout.expect("only a call with a timeout can be late");
    let error = PolicyError::timed_out(site.function(), limit, started.elapsed());
    observe::emit(site, &Event::TimedOut { error: &error });
    error
}
