//! Events for `tracing` and `metrics`.

use super::Event;
#[cfg(feature = "metrics")]
use super::Outcome;

pub(super) fn export(function: &'static str, event: &Event<'_>) {
    #[cfg(feature = "tracing")]
    trace(function, event);
    #[cfg(feature = "metrics")]
    measure(function, event);
}

/// What costs time or loses a call is `DEBUG` or `WARN`; the rest is `TRACE`.
#[cfg(feature = "tracing")]
fn trace(function: &'static str, event: &Event<'_>) {
    use tracing::{debug, trace, warn};
    match *event {
        Event::Started => trace!(target: "steadfast", function, "started"),
        Event::Admitted { waited } => trace!(target: "steadfast", function, ?waited, "admitted"),
        Event::Rejected { error } => debug!(target: "steadfast", function, %error, "rejected"),
        Event::TimedOut { error } => debug!(target: "steadfast", function, %error, "timed out"),
        Event::Attempt { attempt } => trace!(target: "steadfast", function, attempt, "attempt"),
        Event::Scheduled { attempt, delay, error, retry_after } => {
            debug!(target: "steadfast", function, attempt, ?delay, %error, ?retry_after, "retry scheduled");
        }
        Event::GaveUp { attempts, reason, error, retry_after, elapsed } => {
            debug!(target: "steadfast", function, attempts, ?reason, %error, ?retry_after, ?elapsed, "gave up");
        }
        Event::NestedRetry { outer } => {
            warn!(target: "steadfast", function, outer, "a retry inside a retry: attempts multiply");
        }
        Event::Clamped { argument } => {
            warn!(target: "steadfast", function, argument, "an argument made no sense and was clamped");
        }
        Event::Finished { outcome, elapsed } => {
            trace!(target: "steadfast", function, ?outcome, ?elapsed, "finished");
        }
    }
}

#[cfg(feature = "metrics")]
fn measure(function: &'static str, event: &Event<'_>) {
    use metrics::{counter, histogram};
    match *event {
        Event::Started => counter!("steadfast_calls_total", "function" => function).increment(1),
        Event::Admitted { waited } => {
            histogram!("steadfast_queue_seconds", "function" => function).record(waited.as_secs_f64());
        }
        Event::Rejected { .. } => counter!("steadfast_rejected_total", "function" => function).increment(1),
        Event::TimedOut { .. } => counter!("steadfast_timed_out_total", "function" => function).increment(1),
        Event::Scheduled { .. } => counter!("steadfast_retries_total", "function" => function).increment(1),
        Event::GaveUp { reason, .. } => {
            let reason = format!("{reason:?}");
            counter!("steadfast_gave_up_total", "function" => function, "reason" => reason).increment(1);
        }
        Event::Finished { outcome, elapsed } => {
            let outcome = outcome_label(outcome);
            histogram!("steadfast_call_seconds", "function" => function, "outcome" => outcome)
                .record(elapsed.as_secs_f64());
        }
        Event::Attempt { .. } | Event::NestedRetry { .. } | Event::Clamped { .. } => {}
    }
}

#[cfg(feature = "metrics")]
fn outcome_label(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Returned => "returned",
        Outcome::Succeeded => "succeeded",
        Outcome::Failed => "failed",
        Outcome::TimedOut => "timed_out",
        Outcome::Rejected => "rejected",
        Outcome::Cancelled => "cancelled",
        Outcome::Panicked => "panicked",
        Outcome::Ended => "ended",
    }
}
