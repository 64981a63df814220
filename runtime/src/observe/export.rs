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

#[cfg(all(test, feature = "tracing"))]
mod traced {
    use super::*;
    use crate::subscriber::Witness;

    #[test]
    fn an_event_says_which_function_and_what() {
        let witness = Witness::default();
        tracing::subscriber::with_default(witness.clone(), || {
            export("shop::charge", &Event::Attempt { attempt: 2 });
            export("shop::charge", &Event::NestedRetry { outer: "shop::order" });
        });
        let lines = witness.events();
        assert_eq!(lines[0], "steadfast TRACE message=attempt function=\"shop::charge\" attempt=2");
        assert!(lines[1].starts_with("steadfast WARN message=a retry inside a retry"), "{}", lines[1]);
        assert!(lines[1].ends_with("outer=\"shop::order\""), "{}", lines[1]);
    }
}

#[cfg(all(test, feature = "metrics"))]
mod measured {
    use std::collections::BTreeMap;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};

    use super::*;

    #[derive(Default)]
    struct Counters(Mutex<BTreeMap<String, Arc<AtomicU64>>>);

    impl Recorder for Counters {
        fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
        fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
        fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
        fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
            let labels: Vec<_> =
                key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
            let name = format!("{} {}", key.name(), labels.join(","));
            Counter::from_arc(self.0.lock().expect("not poisoned").entry(name).or_default().clone())
        }
        fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
            Gauge::noop()
        }
        fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
            Histogram::noop()
        }
    }

    #[test]
    fn calls_and_retries_are_counted_for_each_function() {
        let counters = Counters::default();
        metrics::with_local_recorder(&counters, || {
            export("shop::charge", &Event::Started);
            export("shop::charge", &Event::Started);
            let outcome = Outcome::Cancelled;
            export("shop::charge", &Event::Finished { outcome, elapsed: Duration::from_secs(1) });
        });
        let counters = counters.0.lock().expect("not poisoned");
        let calls = &counters["steadfast_calls_total function=shop::charge"];
        assert_eq!(calls.load(Ordering::Relaxed), 2);
        assert_eq!(counters.len(), 1, "what was not asked for is not counted: {:?}", counters.keys());
    }
}
