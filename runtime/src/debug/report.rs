//! What was found, and where it goes unless somebody asks for it.

use std::fmt;
use std::panic::Location;
use std::time::Duration;

use crate::tracker::TaskInfo;

/// Something that [`Watch`](super::Watch) has found. Its text is what is printed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Report {
    /// A poll has ended that took longer than it may.
    #[non_exhaustive]
    SlowPoll {
        /// The task, as it was at the end of the poll.
        task: TaskInfo,
        /// How long it took.
        took: Duration,
        /// How many slow polls of tasks that were spawned in the same place were kept back since the last report.
        more: u64,
    },
    /// A poll goes on for longer than a runtime may be blocked. When it ends it is a [`SlowPoll`](Self::SlowPoll).
    #[non_exhaustive]
    LongPoll {
        /// The task that is being polled.
        task: TaskInfo,
        /// How long its poll has taken so far.
        lasts: Duration,
    },
    /// One worker of several has not looked for other work for that long, and no task of ours is to blame.
    #[non_exhaustive]
    WorkerBlocked {
        /// Its number, from zero.
        worker: usize,
        /// For how long, at least.
        lasts: Duration,
    },
    /// That worker looks for work again.
    #[non_exhaustive]
    WorkerUnblocked {
        /// Its number.
        worker: usize,
        /// How long it did not, at least.
        lasted: Duration,
    },
    /// No worker has run a task that was ready for that long.
    #[non_exhaustive]
    RuntimeBlocked {
        /// For how long, at least.
        lasts: Duration,
        /// The tasks that are being polled.
        polled: Vec<TaskInfo>,
    },
    /// The runtime runs tasks again.
    #[non_exhaustive]
    RuntimeUnblocked {
        /// How long it did not, at least.
        lasted: Duration,
    },
    /// A task failed, and nobody is there who could look at it.
    #[non_exhaustive]
    FailureLost {
        /// The name of the task.
        name: Option<String>,
        /// Where it was spawned, if that is still known.
        location: Option<&'static Location<'static>>,
        /// Such as "panicked: index out of bounds".
        what: String,
    },
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SlowPoll { task, took, more } => {
                write!(f, "slow poll: {}, kept its thread for {took:.1?}", task.origin())?;
                match more {
                    0 => Ok(()),
                    1 => f.write_str(", as another poll from there did"),
                    more => write!(f, ", as {more} other polls from there did"),
                }
            }
            Self::LongPoll { task, lasts } => {
                write!(f, "blocked task: {}, has kept its thread for {lasts:.1?} and goes on", task.origin())
            }
            Self::WorkerBlocked { worker, lasts } => write!(
                f,
                "blocked worker: worker {worker} has not looked for other work for {lasts:.1?}; it is in a task of `tokio::spawn`, which has no name"
            ),
            Self::WorkerUnblocked { worker, lasted } => {
                write!(f, "worker {worker} is free again, after {lasted:.1?}")
            }
            Self::RuntimeBlocked { lasts, polled } => {
                write!(f, "blocked runtime: no task was run for {lasts:.1?}")?;
                match polled.as_slice() {
                    [] => f.write_str("; it is in a task of `tokio::spawn`, which has no name"),
                    polled => {
                        f.write_str("; it is in")?;
                        polled.iter().try_for_each(|task| write!(f, "\n  {task}"))
                    }
                }
            }
            Self::RuntimeUnblocked { lasted } => {
                write!(f, "the runtime runs tasks again, after {lasted:.1?}")
            }
            Self::FailureLost { name, location, what } => {
                match name {
                    Some(name) => write!(f, "lost failure: task `{name}`")?,
                    None => f.write_str("lost failure: a task")?,
                }
                if let Some(location) = location {
                    write!(f, ", spawned at {location},")?;
                }
                write!(f, " {what}")
            }
        }
    }
}

impl Report {
    /// Where it goes unless somebody asks for it: with the feature `tracing` to the subscriber, if there is one, else to
    /// the standard error stream.
    pub(super) fn say(&self) {
        #[cfg(feature = "tracing")]
        if has_subscriber() {
            self.trace();
            return;
        }
        eprintln!("steadfast: {self}");
    }

    #[cfg(feature = "tracing")]
    fn trace(&self) {
        match self {
            Self::SlowPoll { task, took, more } => {
                let (name, location) = (task.name(), task.location());
                tracing::warn!(target: "steadfast", task = name, %location, ?took, more, "slow poll");
            }
            Self::LongPoll { task, lasts } => {
                let (name, location) = (task.name(), task.location());
                tracing::warn!(target: "steadfast", task = name, %location, ?lasts, "blocked task");
            }
            Self::WorkerBlocked { worker, lasts } => {
                tracing::warn!(target: "steadfast", worker, ?lasts, "blocked worker");
            }
            Self::WorkerUnblocked { worker, lasted } => {
                tracing::warn!(target: "steadfast", worker, ?lasted, "the worker is free again");
            }
            Self::RuntimeBlocked { lasts, polled } => {
                let polled = polled.iter().map(ToString::to_string).collect::<Vec<_>>();
                tracing::warn!(target: "steadfast", ?lasts, ?polled, "blocked runtime");
            }
            Self::RuntimeUnblocked { lasted } => {
                tracing::warn!(target: "steadfast", ?lasted, "the runtime runs tasks again");
            }
            // It was told where it happened, whether anybody debugs or not.
            Self::FailureLost { .. } => {}
        }
    }
}

#[cfg(feature = "tracing")]
fn has_subscriber() -> bool {
    tracing::dispatcher::get_default(|dispatch| !dispatch.is::<tracing::subscriber::NoSubscriber>())
}

#[cfg(all(test, feature = "tracing"))]
mod tests {
    use super::*;
    use crate::subscriber::Witness;

    #[test]
    fn with_a_subscriber_reports_are_warnings() {
        let witness = Witness::default();
        let say = |report: Report| report.say();
        tracing::subscriber::with_default(witness.clone(), || {
            say(Report::RuntimeBlocked { lasts: Duration::from_secs(2), polled: Vec::new() });
            say(Report::WorkerBlocked { worker: 3, lasts: Duration::from_secs(1) });
            say(Report::FailureLost {
                name: None,
                location: None,
                what: "is an event of its own".to_owned(),
            });
        });
        let expected = [
            "steadfast WARN message=blocked runtime lasts=2s polled=[]",
            "steadfast WARN message=blocked worker worker=3 lasts=1s",
        ];
        assert_eq!(witness.events(), expected);
    }

    #[test]
    fn a_report_says_what_is_known() {
        let texts = [
            Report::RuntimeBlocked { lasts: Duration::from_millis(1234), polled: Vec::new() },
            Report::RuntimeUnblocked { lasted: Duration::from_secs(2) },
            Report::WorkerUnblocked { worker: 1, lasted: Duration::from_secs(2) },
            Report::FailureLost { name: None, location: None, what: "returned an error".to_owned() },
        ]
        .map(|report| report.to_string());
        let expected = [
            "blocked runtime: no task was run for 1.2s; it is in a task of `tokio::spawn`, which has no name",
            "the runtime runs tasks again, after 2.0s",
            "worker 1 is free again, after 2.0s",
            "lost failure: a task returned an error",
        ];
        assert_eq!(texts, expected);
    }
}
