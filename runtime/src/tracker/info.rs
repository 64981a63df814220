//! What one entry of the registry looked like.

use std::fmt;
use std::panic::Location;
use std::time::Duration;

use tokio::runtime::Id;

use super::registry::Kind;
use crate::scope::Label;

/// What a task, or a scope, is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TaskState {
    /// It has not been polled yet.
    New,
    /// It waits to be woken, or to be polled.
    Waiting,
    /// It is being polled.
    Running,
    /// It runs on the blocking pool.
    Blocking,
    /// It is waited for and not polled as a task: the work of an `#[offload]`, or the rest of a shielded call or of a
    /// release.
    Held,
    /// It is not a task but a scope, which stands between a task and those that it has spawned.
    Scope,
}

/// A task or a scope that lives, as [`tasks`](crate::tasks) has seen it.
#[derive(Clone, Debug)]
pub struct TaskInfo {
    pub(super) id: u64,
    pub(super) label: Label,
    pub(super) kind: Kind,
    pub(super) runtime: Option<Id>,
    pub(super) parent: Option<u64>,
    pub(super) age: Duration,
    pub(super) state: TaskState,
    pub(super) polls: u64,
    pub(super) since_last_poll: Option<Duration>,
}

impl TaskState {
    pub(super) const fn from_u8(state: u8) -> Self {
        match state {
            0 => Self::New,
            1 => Self::Waiting,
            2 => Self::Running,
            3 => Self::Blocking,
            4 => Self::Held,
            _ => Self::Scope,
        }
    }
}

impl TaskInfo {
    /// A number that no other entry of the process has.
    #[must_use]
    pub const fn id(&self) -> u64 {
        self.id
    }

    /// The name it was given.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.label.name.as_deref()
    }

    /// Where it was spawned, or the scope was made.
    #[must_use]
    pub const fn location(&self) -> &'static Location<'static> {
        self.label.location
    }

    /// The entry it belongs to: a task's is its scope, a scope's is the task that runs it. One that is not listed any
    /// more has ended before its child.
    #[must_use]
    pub const fn parent(&self) -> Option<u64> {
        self.parent
    }

    /// How long it has been there, in real time.
    #[must_use]
    pub const fn age(&self) -> Duration {
        self.age
    }

    /// What it is doing.
    #[must_use]
    pub const fn state(&self) -> TaskState {
        self.state
    }

    /// How often it was polled.
    #[must_use]
    pub const fn polls(&self) -> u64 {
        self.polls
    }

    /// How long ago its last poll began, in real time; `None` before the first. Of one that is
    /// [running](TaskState::Running) that is how long this poll has taken so far.
    #[must_use]
    pub const fn since_last_poll(&self) -> Option<Duration> {
        self.since_last_poll
    }

    /// Whether it is polled by a worker, as the body of `#[main]` is not.
    pub(crate) fn is_on_worker(&self) -> bool {
        self.kind == Kind::Task
    }

    /// Where it is polled; `None` for what is not.
    pub(crate) const fn runtime(&self) -> Option<Id> {
        self.runtime
    }

    /// What it is and where it comes from.
    pub(crate) const fn origin(&self) -> Origin<'_> {
        Origin(self)
    }
}

/// The part of an entry that does not change.
pub(crate) struct Origin<'a>(&'a TaskInfo);

impl fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, made) = match self.0.state {
            TaskState::Scope => ("scope", "made"),
            TaskState::Held => ("work", "begun"),
            _ => ("task", "spawned"),
        };
        let location = self.0.label.location;
        match self.0.name() {
            Some(name) => write!(f, "{kind} `{name}`, {made} at {location}"),
            None => write!(f, "{kind} {made} at {location}"),
        }
    }
}

/// Everything in one line, times rounded to be read.
impl fmt::Display for TaskInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {:.1?} old", self.origin(), self.age)?;
        let since = self.since_last_poll.unwrap_or_default();
        match self.state {
            TaskState::Scope | TaskState::Held => Ok(()),
            TaskState::New => f.write_str(", not polled yet"),
            TaskState::Waiting => {
                write!(f, ", waiting, polls: {}, last {since:.1?} ago", self.polls)
            }
            TaskState::Running => write!(f, ", running for {since:.1?}, polls: {}", self.polls),
            TaskState::Blocking => write!(f, ", on the blocking pool for {since:.1?}"),
        }
    }
}
