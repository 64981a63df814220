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
pub async fn admit<'a>(site: &'static Site, bulkhead: &'a Bulkhead) -> Admitted<'a> {
    if switch::quiet() {
        if let Some(permit) = bulkhead.try_acquire() {
            return Admitted { _permit: Some(permit) };
        }
    }
    let Some(observed) = Observed::start(site) else { return Admitted { _permit: None } };
    let permit = in_time!(bulkhead.acquire().await);
    observed.admitted();
    Admitted { _permit: Some(permit) }
}

/// Waits for a permit as long as `admission` lets it.
#[inline]
pub async fn admit_or_refuse<'a>(
    site: &'static Site,
    bulkhead: &'a Bulkhead,
    admission: &Admission,
) -> Result<Admitted<'a>, PolicyError> {
    let Some(observed) = Observed::start(site) else { return Ok(Admitted { _permit: None }) };
    let permit = in_time!(observed.or_refused(bulkhead.acquire_with(admission).await)?);
    Ok(Admitted { _permit: Some(permit) })
}

/// Waits for a permit of this key.
#[inline]
pub async fn admit_by_key<'a>(
    site: &'static Site,
    bulkhead: &'a KeyedBulkhead,
    key: Fingerprint,
) -> AdmittedByKey<'a> {
    let Some(observed) = Observed::start(site) else { return AdmittedByKey { _permit: None } };
    let permit = in_time!(bulkhead.acquire_by_fingerprint(key).await);
    observed.admitted();
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
    let Some(observed) = Observed::start(site) else { return Ok(AdmittedByKey { _permit: None }) };
    let permit = in_time!(observed.or_refused(bulkhead.acquire_with_by_fingerprint(key, admission).await)?);
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

/// `since` is there only while somebody observes.
struct Observed {
    site: &'static Site,
    since: Option<Instant>,
}

impl Observed {
    /// `None` if `bounded` is to stand aside.
    #[inline]
    fn start(site: &'static Site) -> Option<Self> {
        if switch::disabled(PolicyKind::Bounded) {
            return None;
        }
        Some(Self { site, since: if switch::observed() { Some(Instant::now()) } else { None } })
    }

    #[inline]
    fn admitted(&self) {
        if let Some(since) = self.since {
            observe::emit(self.site, &Event::Admitted { waited: since.elapsed() });
        }
    }

    fn or_refused<P>(&self, outcome: Result<P, PolicyError>) -> Result<P, PolicyError> {
        match outcome {
            Ok(permit) => {
                self.admitted();
                Ok(permit)
            }
            Err(error) => {
                let error = error.in_function(self.site.function());
                observe::emit(self.site, &Event::Rejected { error: &error });
                Err(error)
            }
        }
    }
}
