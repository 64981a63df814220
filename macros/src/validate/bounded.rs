use crate::errors::Errors;
use crate::parse::Bounded;

/// `tokio::sync::Semaphore::MAX_PERMITS` on a 64-bit machine.
pub(super) const MAX_PERMITS: u64 = u64::MAX >> 3;

/// Also what the compiler says of a constant.
pub(crate) const ZERO_LIMIT: &str = "a limit of zero would let nobody in; write at least `#[bounded(1)]`";
pub(crate) const ZERO_WAIT: &str = "not to wait at all is `reject`; write `#[bounded(.., reject)]`";

pub(crate) const ZERO_KEYS: &str = "room for zero keys would let nobody in; write at least `max_keys = 1`";
pub(crate) const ZERO_IDLE: &str = "a key that leaves at once is never limited; write at least `idle = 1s`";

pub(super) fn check(bounded: &Bounded, errors: &Errors) {
    check_limit(bounded, errors);
    check_waiting(bounded, errors);
    check_keys(bounded, errors);
}

fn check_limit(bounded: &Bounded, errors: &Errors) {
    if let Some(limit) = &bounded.limit {
        match limit.literal() {
            Some(0) => {
                errors.at(limit, ZERO_LIMIT);
            }
            Some(many) if many > MAX_PERMITS => errors.at(limit, "more permits than a semaphore can hold"),
            _ => {}
        }
    }
    if let (Some(limit), Some(_)) = (&bounded.limit, bounded.by.key()) {
        errors.at(limit, "`by` names a `Bulkhead`, which has its limit already; keep one of them");
    }
}

fn check_waiting(bounded: &Bounded, errors: &Errors) {
    if let Some(max_wait) = bounded.max_wait.get() {
        if max_wait.literal().is_some_and(|wait| wait.is_zero()) {
            errors.at(max_wait, ZERO_WAIT);
        }
    }
    if bounded.reject.is_set() {
        for key in [bounded.queue.key(), bounded.max_wait.key()].into_iter().flatten() {
            errors
                .at(key, format!("nobody waits beside `reject`, so `{key}` says nothing; keep one of them"));
        }
    }
}

fn check_keys(bounded: &Bounded, errors: &Errors) {
    if let (Some(_), Some(key)) = (bounded.by.key(), bounded.key.key()) {
        errors.at(
            key,
            "a `Bulkhead` has one limit for all; for one limit per key write `#[bounded(2, key = ..)]`",
        );
    }
    if !bounded.key.is_set() {
        for key in [bounded.max_keys.key(), bounded.idle.key()].into_iter().flatten() {
            errors.at(key, format!("`{key}` needs a `key`: write `#[bounded(2, key = user.id, ..)]`"));
        }
    }
    if let Some(max_keys) = bounded.max_keys.get() {
        if max_keys.literal() == Some(0) {
            errors.at(max_keys, ZERO_KEYS);
        }
    }
    if let Some(idle) = bounded.idle.get() {
        if idle.literal().is_some_and(|idle| idle.is_zero()) {
            errors.at(idle, ZERO_IDLE);
        }
    }
    let shared = [
        bounded.max_keys.get().filter(|max| max.is_runtime()).map(|max| &max.written),
        bounded.idle.get().filter(|idle| idle.is_runtime()).map(|idle| &idle.written),
        bounded
            .limit
            .as_ref()
            .filter(|limit| bounded.key.is_set() && limit.is_runtime())
            .map(|limit| &limit.written),
    ];
    for written in shared.into_iter().flatten() {
        errors.at(
            written,
            "all keys share this number, so it is a constant: write a literal or the name of a `const`",
        );
    }
}
