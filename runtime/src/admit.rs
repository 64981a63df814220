//! How the `bounded` attribute takes a permit.

use std::hash::Hash;

use tokio::time::Instant;

use crate::bulkhead::{Admission, Bulkhead, Fingerprint, KeyedBulkhead, KeyedPermit, Permit};
use crate::deadline;
use crate::error::PolicyError;
use crate::observe::{self, Event};
use crate::site::Site;
use crate::switch::{self, PolicyKind};

/// Holds the permit while the body runs; empty while `bounded` stands aside.
#[derive(Debug)]
pub struct Admitted<'a> {
    _permit: Option<Permit<'a>>,
}

/// Holds the key's permit while the body runs; empty while `bounded` stands aside.
#[derive(Debug)]
pub struct AdmittedByKey<'a> {
    _permit: Option<KeyedPermit<'a>>,
}

/// A permit may come at the very moment at which the caller's time is up: a crowd of callers with one timeout hands it
/// from one to the next then. The body must not start any more, so the permit goes on, and the timeout ends the call.
macro_rules! in_time {
    ($acquire:expr) => {
        loop {
            let permit = $acquire;
            if !deadline::has_passed() {
                break permit;
            }
            drop(permit);
            deadline::not_passed().await;
        }
    };
}

/// Waits for a permit.
#[inline]
#[expect(
    clippy::manual_async_fn,
    reason = "an `async fn` keeps its arguments twice: this is a part of the user's future"
)]
pub fn admit<'a>(
    site: &'static Site,
    bulkhead: &'a Bulkhead,
) -> impl Future<Output = Admitted<'a>> + Send + use<'a> {
    async move {
        if switch::quiet() {
            if let Some(permit) = bulkhead.try_acquire() {
                return Admitted { _permit: Some(permit) };
            }
        }
        let Some(since) = start() else { return Admitted { _permit: None } };
        let permit = in_time!(bulkhead.acquire().await);
        admitted(site, since.as_deref());
        Admitted { _permit: Some(permit) }
    }
}

/// Waits for a permit as long as `admission` lets it.
#[inline]
pub async fn admit_or_refuse<'a>(
    site: &'static Site,
    bulkhead: &'a Bulkhead,
    admission: &Admission,
) -> Result<Admitted<'a>, PolicyError> {
    let Some(since) = start() else { return Ok(Admitted { _permit: None }) };
    let permit = in_time!(bulkhead.acquire_with(admission).await.map_err(|error| rejected(site, error))?);
    admitted(site, since.as_deref());
    Ok(Admitted { _permit: Some(permit) })
}

/// Waits for a permit of this key.
#[inline]
pub async fn admit_by_key<'a>(
    site: &'static Site,
    bulkhead: &'a KeyedBulkhead,
    key: Fingerprint,
) -> AdmittedByKey<'a> {
    let Some(since) = start() else { return AdmittedByKey { _permit: None } };
    let permit = in_time!(bulkhead.acquire_by_fingerprint(key).await);
    admitted(site, since.as_deref());
    AdmittedByKey { _permit: Some(permit) }
}

/// Waits for a permit of this key as long as `admission` lets it.
#[inline]
pub async fn admit_by_key_or_refuse<'a>(
    site: &'static Site,
    bulkhead: &'a KeyedBulkhead,
    key: Fingerprint,
    admission: &Admission,
) -> Result<AdmittedByKey<'a>, PolicyError> {
    let Some(since) = start() else { return Ok(AdmittedByKey { _permit: None }) };
    let permit = in_time!(
        bulkhead.acquire_with_by_fingerprint(key, admission).await.map_err(|error| rejected(site, error))?
    );
    admitted(site, since.as_deref());
    Ok(AdmittedByKey { _permit: Some(permit) })
}

/// What stands for the key during a call.
#[inline]
pub fn fingerprint(bulkhead: &KeyedBulkhead, key: &(impl Hash + ?Sized)) -> Fingerprint {
    bulkhead.fingerprint(key)
}

/// The bulkhead of a limit that is known only at run time: it follows the value of the latest call.
#[inline]
#[must_use]
pub fn limit(site: &'static Site, bulkhead: &'static Bulkhead, limit: usize) -> &'static Bulkhead {
    let sensible = limit.clamp(1, tokio::sync::Semaphore::MAX_PERMITS);
    if sensible != limit {
        observe::emit(site, &Event::Clamped { argument: "limit" });
    }
    if bulkhead.limit() != sensible {
        bulkhead.resize(sensible);
    }
    bulkhead
}

/// When the wait began, if somebody observes. Boxed, since it would take its place in every future.
type Since = Option<Box<Instant>>;

/// `None` if `bounded` is to stand aside.
#[inline]
fn start() -> Option<Since> {
    if switch::disabled(PolicyKind::Bounded) {
        return None;
    }
    Some(switch::observed().then(|| Box::new(Instant::now())))
}

#[inline]
fn admitted(site: &'static Site, since: Option<&Instant>) {
    if let Some(since) = since {
        observe::emit(site, &Event::Admitted { waited: since.elapsed() });
    }
}

#[cold]
fn rejected(site: &'static Site, error: PolicyError) -> PolicyError {
    let error = error.in_function(site.function());
    observe::emit(site, &Event::Rejected { error: &error });
    error
}
