//! The events of one function, as lines.

use std::sync::{Arc, Mutex, PoisonError};

use steadfast::observe::{self, Event, Observer, Subscription};

/// Records the events of one function from its creation until it is dropped.
///
/// Observers see the whole process, and the tests of one file share it: the name keeps them apart, so a function that
/// is recorded belongs to one test.
#[derive(Debug)]
pub struct Recording {
    lines: Arc<Lines>,
    // Ends with this value.
    _subscription: Subscription,
}

impl Recording {
    /// Records the function with this full name, such as `concat!(module_path!(), "::fetch")`.
    #[must_use]
    pub fn of(function: &'static str) -> Self {
        let lines = Arc::new(Lines { function, lines: Mutex::default() });
        let subscription = observe::subscribe(Arc::<Lines>::clone(&lines));
        Self { lines, _subscription: subscription }
    }

    /// What has happened since the last time.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.lines.lines.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[derive(Debug)]
struct Lines {
    function: &'static str,
    lines: Mutex<Vec<String>>,
}

impl Observer for Lines {
    fn on_event(&self, function: &'static str, event: &Event<'_>) {
        if function == self.function {
            self.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line(event));
        }
    }
}

fn line(event: &Event<'_>) -> String {
    match event {
        Event::Started { .. } => "started".to_owned(),
        Event::Admitted { waited, .. } => format!("admitted after {waited:?}"),
        Event::Rejected { error, .. } => format!("rejected: {:?} after {:?}", error.kind(), error.elapsed()),
        Event::TimedOut { error, .. } => format!("timed out after {:?}", error.elapsed()),
        Event::Attempt { attempt, .. } => format!("attempt {attempt}"),
        Event::Scheduled { attempt, delay, error, retry_after, .. } => {
            format!("attempt {attempt} failed: {error}; the next in {delay:?}{}", hint(*retry_after))
        }
        Event::GaveUp { attempts, reason, error, retry_after, elapsed, .. } => {
            let since = elapsed.map_or_else(|| "unknown time".to_owned(), |elapsed| format!("{elapsed:?}"));
            format!("gave up after {attempts} in {since}: {error}; {reason:?}{}", hint(*retry_after))
        }
        Event::NestedRetry { outer, .. } => format!("nested in {outer}"),
        Event::Clamped { argument, .. } => format!("clamped {argument}"),
        Event::Finished { outcome, elapsed, .. } => format!("finished {outcome:?} in {elapsed:?}"),
        other => panic!("an event without a line: {other:?}"),
    }
}

fn hint(retry_after: Option<std::time::Duration>) -> String {
    retry_after.map_or_else(String::new, |hint| format!(", asked for {hint:?}"))
}
