//! What blocks the thread of the runtime.

mod block_on;
mod channels;
mod clients;
mod compute;
mod created_runtime;
mod elsewhere;
mod files;
mod handles;
mod helpers;
mod locks;
mod loops;
mod main_attribute;
mod net;
mod process;
mod site;
mod sleep;
mod stdin;
mod threads;
mod tokio_methods;

pub(crate) use helpers::{BLOCKING_FN_CALL, CONFIGURED_BLOCKING_CALL, SUMMED_UP, TRANSITIVE_BLOCKING};

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[
    &sleep::BLOCKING_SLEEP,
    &files::BLOCKING_FS,
    &files::BLOCKING_PATH_IO,
    &handles::BLOCKING_IO_HANDLE,
    &net::BLOCKING_NET,
    &process::BLOCKING_PROCESS,
    &stdin::BLOCKING_STDIN,
    &clients::BLOCKING_HTTP_CLIENT,
    &clients::BLOCKING_DB_CLIENT,
    &block_on::BLOCK_ON_IN_ASYNC,
    &created_runtime::RUNTIME_CREATED_IN_ASYNC,
    &block_on::BLOCKING_LAZY_INIT,
    &tokio_methods::TOKIO_BLOCKING_METHOD,
    &tokio_methods::BLOCK_IN_PLACE_CURRENT_THREAD,
    &channels::BLOCKING_CHANNEL_RECV,
    &threads::BLOCKING_THREAD_JOIN,
    &threads::BLOCKING_SYNC_WAIT,
    &locks::STD_LOCK_IN_ASYNC,
    &compute::CPU_HASH_IN_ASYNC,
    &compute::RAYON_IN_ASYNC,
    &loops::LOOP_WITHOUT_AWAIT,
    &loops::SPIN_WAIT,
    &elsewhere::BLOCKING_IN_POLL,
    &elsewhere::BLOCKING_IN_DROP,
    &TRANSITIVE_BLOCKING,
    &BLOCKING_FN_CALL,
    &CONFIGURED_BLOCKING_CALL,
    &main_attribute::TOKIO_MAIN_ON_HELPER,
];
