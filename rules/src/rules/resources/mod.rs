//! Connections, clients, files and timers.

mod client;
mod client_per_call;
mod connect;
mod durations;
mod paused;
mod polling;
mod shared_default;
mod time_limits;
mod tiny_sleep;
mod unbounded;
mod unflushed;
mod zero;

pub(crate) use durations::nanoseconds;

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[
    &client::CLIENT_WITHOUT_TIMEOUT,
    &client_per_call::CLIENT_PER_CALL,
    &connect::CONNECT_WITHOUT_TIMEOUT,
    &unflushed::BUF_WRITER_NOT_FLUSHED,
    &unflushed::TOKIO_FILE_NOT_FLUSHED,
    &polling::BUSY_WAIT_SLEEP,
    &polling::TRY_RECV_POLL_LOOP,
    &tiny_sleep::TINY_SLEEP_LOOP,
    &zero::ZERO_INTERVAL_OR_CAPACITY,
    &zero::ZERO_SLEEP,
    &paused::STD_INSTANT_IN_PAUSED_TEST,
    &shared_default::SHARED_DEFAULT,
    &unbounded::UNBOUNDED_CHANNEL,
];
