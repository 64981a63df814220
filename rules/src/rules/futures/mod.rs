//! Futures that never run, or run wrong.

mod bound;
pub(super) mod certain;
mod enclosing;
mod iterator;
mod nested;
mod not_awaited;
mod repolled;
mod sync_api;
pub(super) mod unused;

pub(crate) use certain::{may_name_future, names_future};

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[
    &not_awaited::FUTURE_NOT_AWAITED,
    &bound::FUTURE_BOUND_NEVER_POLLED,
    &nested::NESTED_FUTURE_UNAWAITED,
    &sync_api::ASYNC_CLOSURE_TO_SYNC_API,
    &iterator::ITER_OF_FUTURES_DROPPED,
    &repolled::FUTURE_REPOLLED,
];
