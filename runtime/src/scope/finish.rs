//! What a scope gives, of how it ended.

use std::panic::resume_unwind;

use super::core::Core;
use super::failure::{FailureKind, GroupError, GroupErrorKind, Panicked, TaskFailure};
use super::join::Ended;
use super::options::Panics;
use super::reason::CancelSource;
use super::record::{Record, What};
use super::run::Outcome;
use super::stop;
use crate::tracker::registry;

/// A failure with its error's type.
pub(super) fn typed<E: 'static>(record: Record) -> TaskFailure<E> {
    let kind = match record.what {
        What::Error(error) => match error.downcast() {
            Ok(error) => FailureKind::Error(*error),
            Err(_) => unreachable!("a scope has one error type"),
        },
        What::Panic(payload) => FailureKind::Panic(Panicked::new(payload)),
        What::Abandoned(running_for) => FailureKind::Abandoned { running_for },
    };
    TaskFailure::new(record.label, record.index, kind)
}

/// The first panic goes on, unless panics are failures here; nothing else of what went wrong gets lost silently.
pub(super) fn resume_panics(panics: Panics, records: Vec<Record>) -> Vec<Record> {
    let is_panic = |record: &Record| matches!(record.what, What::Panic(_));
    if panics == Panics::Collect || !records.iter().any(is_panic) {
        return records;
    }
    let mut first = None;
    for record in records {
        match record.what {
            What::Panic(payload) if first.is_none() => first = Some(payload),
            what => stop::log(registry::test_here(), record.label.as_ref(), &what),
        }
    }
    resume_unwind(first.expect("there is one"))
}

#[inline]
pub(super) fn typed_outcome<T, E: 'static>(outcome: Outcome<Result<T, E>>) -> Result<T, GroupError<E>> {
    let Outcome { output, ended, core } = outcome;
    match output {
        Some(Ok(value)) if ended.is_uneventful() => Ok(value),
        output => after_a_stop(output, ended, &core),
    }
}

#[cold]
fn after_a_stop<T, E: 'static>(
    output: Option<Result<T, E>>,
    ended: Ended,
    core: &Core,
) -> Result<T, GroupError<E>> {
    let Ended { records, reason, runtime_shutdown } = ended;
    let records = resume_panics(core.settings.panics, records);
    let mut failures: Vec<_> = records.into_iter().map(typed).collect();
    let value = match output {
        Some(Ok(value)) => Some(value),
        Some(Err(error)) => {
            failures.push(TaskFailure::new(None, None, FailureKind::Error(error)));
            None
        }
        None => None,
    };
    let elapsed = reason.as_ref().is_some_and(|reason| reason.source() == CancelSource::Deadline);
    let kind = match (value, failures.is_empty()) {
        _ if runtime_shutdown => GroupErrorKind::RuntimeShutdown,
        _ if elapsed => GroupErrorKind::Elapsed,
        (_, false) => GroupErrorKind::Failed,
        (Some(value), true) => return Ok(value),
        (None, true) => GroupErrorKind::Cancelled,
    };
    Err(GroupError::new(kind, failures, core.first_reason()))
}
