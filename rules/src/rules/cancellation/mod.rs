//! Cancellation, `select!`, timeouts, retries and loops over channels.

mod attempt;
mod cancel_unsafe;
mod channel_half;
mod channel_loops;
mod closed_channel;
mod elapsed;
mod futurelock;
mod lossy;
mod lost_updates;
mod read_eof;
mod retries;
mod select_cancels;
mod select_shape;
mod select_timers;
mod streams;
mod timeouts;

pub(crate) use cancel_unsafe::{CANCEL_UNSAFE_CALL, may_drop};

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[
    &select_cancels::CANCEL_UNSAFE_IN_SELECT,
    &select_cancels::SEND_IN_SELECT_LOSES_MESSAGE,
    &select_cancels::QUEUE_POSITION_LOST_IN_SELECT,
    &select_shape::SELECT_ALL_REFUTABLE_NO_ELSE,
    &select_shape::SELECT_GUARD_STILL_EVALUATES,
    &select_shape::SELECT_PATTERN_DISABLES_ARM,
    &select_timers::SELECT_TIMER_RECREATED,
    &select_timers::INTERVAL_RECREATED,
    &futurelock::FUTURELOCK_SELECT,
    &streams::STREAM_STALLED_BY_AWAIT,
    &timeouts::TIMEOUT_WITHOUT_AWAIT,
    &timeouts::TIMEOUT_INNER_ERROR_SWALLOWED,
    &timeouts::CANCEL_UNSAFE_UNDER_TIMEOUT,
    &CANCEL_UNSAFE_CALL,
    &channel_loops::BROADCAST_LAG_ENDS_LOOP,
    &closed_channel::CLOSED_CHANNEL_SPIN,
    &read_eof::READ_EOF_IGNORED,
    &channel_half::CHANNEL_HALF_DISCARDED,
    &retries::RETRY_NEVER_LEAVES_ON_OK,
    &retries::RETRY_WITHOUT_PAUSE,
    &retries::SLEEP_AFTER_LAST_ATTEMPT,
    &lost_updates::TAKE_AWAIT_RESTORE,
    &lost_updates::NOTIFY_LOST_WAKEUP,
];
