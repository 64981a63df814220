//! Tasks that are lost, and results that nobody looks at.

mod blocking_pool;
mod detached;
mod endless;
mod handles;
mod in_drop;
mod in_test;
mod join_error;
mod join_set;
pub(in crate::rules) mod spawned;
mod tracker;
mod without_runtime;

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[
    &detached::DETACHED_FALLIBLE_TASK,
    &detached::DETACHED_SPAWN,
    &endless::ENDLESS_TASK_UNSUPERVISED,
    &in_test::SPAWN_IN_TEST_NOT_JOINED,
    &handles::TIMEOUT_DETACHES_TASK,
    &handles::SELECT_DROPS_JOIN_HANDLE,
    &blocking_pool::TIMEOUT_ON_SPAWN_BLOCKING,
    &blocking_pool::ABORT_SPAWN_BLOCKING,
    &join_set::JOIN_SET_NEVER_DRAINED,
    &tracker::TRACKER_WAIT_WITHOUT_CLOSE,
    &join_error::JOIN_ERROR_IGNORED,
    &in_drop::SPAWN_IN_DROP,
    &without_runtime::SPAWN_WITHOUT_RUNTIME,
];
