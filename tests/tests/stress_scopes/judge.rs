//! Whether a scope has told everything that happened in it.

use std::any::Any;
use std::sync::Arc;

use steadfast::scope::{CancelSource, FailureKind, GroupErrorKind};
use steadfast::{GroupError, TaskFailure};

use super::events::Event;
use super::ledger::{End, Fault, Rules, Site, is_planned};

type Caught<T> = Result<T, Box<dyn Any + Send>>;

/// Of a scope, or of what gives what a scope gives.
pub(crate) fn group<T>(site: &Arc<Site>, outcome: Caught<Result<T, GroupError<Fault>>>) {
    let Rules::Group { collects_errors, collects_panics, abandons } = site.rules else {
        unreachable!("only a group has an error of a group")
    };
    nothing_lives(site, abandons);
    match outcome {
        Err(payload) => panicked(site, &*payload, collects_panics),
        Ok(Ok(_)) => {
            site.tree.count(Event::Value);
            site.end(End::Value);
        }
        Ok(Err(error)) => {
            site.end(End::Error);
            failed(site, error, collects_errors);
        }
    }
    all_seen(site, abandons);
}

/// Of a call of `#[must_join]`.
pub(crate) fn call(site: &Arc<Site>, outcome: Caught<Result<u64, Fault>>) {
    nothing_lives(site, false);
    match outcome {
        Err(payload) => panicked(site, &*payload, false),
        Ok(Ok(_)) => site.end(End::Value),
        Ok(Err(fault)) => {
            site.end(End::Error);
            fault.see(site);
            // All but the first are in the log, and so are panics beside it.
            return;
        }
    }
    all_seen(site, false);
}

/// Of `gather_all`.
pub(crate) fn outcomes(
    site: &Arc<Site>,
    outcome: Caught<Vec<Result<u64, TaskFailure<Fault>>>>,
    expected: usize,
) {
    nothing_lives(site, false);
    match outcome {
        Err(payload) => panicked(site, &*payload, true),
        Ok(outcomes) => {
            site.end(End::Value);
            if outcomes.len() != expected {
                site.complain(format_args!("{} outcomes of {expected}", outcomes.len()));
            }
            outcomes.into_iter().filter_map(Result::err).for_each(|failure| see(site, failure));
        }
    }
    all_seen(site, false);
}

/// Of `race`, which has no error.
pub(crate) fn value(site: &Arc<Site>, outcome: Caught<u64>) {
    group(site, outcome.map(Ok));
}

/// One failure, wherever it was told.
pub(crate) fn see(site: &Site, failure: TaskFailure<Fault>) {
    match failure.into_kind() {
        FailureKind::Error(fault) => fault.see(site),
        FailureKind::Panic(panic) => {
            site.saw_panic();
            let payload = panic.into_payload();
            if !is_planned(&*payload) {
                site.complain(format_args!("an unplanned panic: {payload:?}"));
            }
        }
        FailureKind::Abandoned { .. } => {
            site.tree.count(Event::Left);
            if !site.tree.abandons {
                site.complain("a child was left behind");
            }
        }
        other => site.complain(format_args!("a failure of a new kind: {other:?}")),
    }
}

fn nothing_lives(site: &Site, abandons: bool) {
    let living = site.living();
    if living > 0 && !abandons && !site.tree.abandons {
        site.complain(format_args!("{living} children have outlived their scope"));
    }
}

fn panicked(site: &Site, payload: &(dyn Any + Send), collects_panics: bool) {
    site.tree.count(Event::Panicked);
    site.end(End::Panic);
    if !is_planned(payload) {
        site.complain(format_args!("an unplanned panic: {:?}", payload.downcast_ref::<String>()));
    }
    if collects_panics {
        site.complain("a panic went on from a scope that collects them");
    }
    if !site.panicked() {
        site.complain("nobody has panicked");
    }
}

fn failed(site: &Site, error: GroupError<Fault>, collects_errors: bool) {
    let source = error.reason().map(steadfast::scope::CancelReason::source);
    let consistent = match error.kind() {
        GroupErrorKind::Failed => {
            site.tree.count(Event::Failed);
            !error.is_empty() && (collects_errors || source.is_some())
        }
        GroupErrorKind::Elapsed => {
            site.tree.count(Event::Elapsed);
            source == Some(CancelSource::Deadline)
        }
        GroupErrorKind::Cancelled => {
            site.tree.count(Event::Cancelled);
            // One around it that was cancelled before gives the reason.
            let own = source == Some(CancelSource::Requested);
            error.is_empty() && (own || (source.is_some() && site.is_inside()))
        }
        _ => false,
    };
    let body = error.failures().iter().position(|failure| failure.is_body() && failure.error().is_some());
    if !consistent || body.is_some_and(|body| body + 1 != error.len()) {
        site.complain(format_args!("a strange error: {error:?}"));
    }
    error.into_iter().for_each(|failure| see(site, failure));
}

/// Every error and every panic has come to somebody. Where a panic goes on, the others are in the log.
fn all_seen(site: &Site, abandons: bool) {
    let (errors, panics) = site.unseen();
    let end_is_panic = site.ended_in_panic();
    if !abandons && !end_is_panic && (errors, panics) != (0, 0) {
        site.complain(format_args!("{errors} errors and {panics} panics that nobody has seen"));
    }
}
