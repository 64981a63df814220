//! What is known of every task while it lives, when somebody wants to know.
//!
//! Off, it costs a spawn one relaxed load and a poll one branch. On, a task has a node, which it writes to itself, and
//! the list of all nodes is locked when a task begins and ends.

use std::collections::BTreeMap;
use std::panic::Location;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::scope::{Core, Label};

static ON: AtomicBool = AtomicBool::new(false);
static NEXT: AtomicU64 = AtomicU64::new(1);
static NODES: Mutex<BTreeMap<u64, Arc<Node>>> = Mutex::new(BTreeMap::new());

thread_local! {
    /// The task that is polled now; zero for none.
    static TASK: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// What a task, or a scope, is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TaskState {
    /// It has not been polled yet.
    New,
    /// It waits to be woken, or to be polled.
    Waiting,
    /// It is being polled, or runs on the blocking pool.
    Running,
    /// It is not a task but a scope, which stands between a task and those that it has spawned.
    Scope,
}

/// One entry.
#[derive(Debug)]
pub(crate) struct Node {
    id: u64,
    label: Label,
    parent: Option<u64>,
    since: Instant,
    state: AtomicU8,
    polls: AtomicU64,
    /// When the last poll began, in microseconds since `since`.
    last_poll: AtomicU64,
}

/// Takes the entry out when dropped.
#[derive(Debug)]
pub(crate) struct Registered(Arc<Node>);

/// A task or a scope that lives, as [`tasks`](crate::tasks) has seen it.
#[derive(Clone, Debug)]
pub struct TaskInfo {
    id: u64,
    label: Label,
    parent: Option<u64>,
    age: Duration,
    state: TaskState,
    polls: u64,
    since_last_poll: Option<Duration>,
}

/// Whether new tasks are registered.
#[inline]
pub(crate) fn is_on() -> bool {
    ON.load(Ordering::Relaxed)
}

/// From now on, or not any more.
pub(crate) fn set(on: bool) {
    ON.store(on, Ordering::Relaxed);
}

#[inline]
pub(crate) fn enter_task(label: &Label, scope: &Core) -> Option<Registered> {
    is_on().then(|| register(label, scope.node.as_ref().map(|node| node.0.id), TaskState::New))
}

#[inline]
pub(crate) fn enter_scope(label: &Label, parent: Option<&Core>) -> Option<Registered> {
    if !is_on() {
        return None;
    }
    let task = TASK.get();
    let around = parent.and_then(|core| core.node.as_ref()).map(|node| node.0.id);
    Some(register(label, if task == 0 { around } else { Some(task) }, TaskState::Scope))
}

#[cold]
fn register(label: &Label, parent: Option<u64>, state: TaskState) -> Registered {
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let node = Arc::new(Node {
        id,
        label: label.clone(),
        parent,
        since: Instant::now(),
        state: AtomicU8::new(state as u8),
        polls: AtomicU64::new(0),
        last_poll: AtomicU64::new(u64::MAX),
    });
    nodes().insert(id, Arc::clone(&node));
    Registered(node)
}

fn nodes() -> std::sync::MutexGuard<'static, BTreeMap<u64, Arc<Node>>> {
    NODES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Registered {
    /// Counts a poll, which ends with what is given.
    #[cold]
    pub(crate) fn polled(&self) -> Polled<'_> {
        let micros = u64::try_from(self.0.since.elapsed().as_micros()).unwrap_or(u64::MAX - 1);
        self.0.last_poll.store(micros, Ordering::Relaxed);
        self.0.polls.fetch_add(1, Ordering::Relaxed);
        self.0.state.store(TaskState::Running as u8, Ordering::Relaxed);
        Polled { node: &self.0, outer: TASK.replace(self.0.id) }
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        nodes().remove(&self.0.id);
    }
}

/// A poll that goes on.
pub(crate) struct Polled<'a> {
    node: &'a Node,
    outer: u64,
}

impl Drop for Polled<'_> {
    fn drop(&mut self) {
        self.node.state.store(TaskState::Waiting as u8, Ordering::Relaxed);
        TASK.set(self.outer);
    }
}

impl TaskState {
    const fn from_u8(state: u8) -> Self {
        match state {
            0 => Self::New,
            1 => Self::Waiting,
            2 => Self::Running,
            _ => Self::Scope,
        }
    }
}

impl TaskInfo {
    fn of(node: &Node) -> Self {
        let age = node.since.elapsed();
        let last = node.last_poll.load(Ordering::Relaxed);
        Self {
            id: node.id,
            label: node.label.clone(),
            parent: node.parent,
            age,
            state: TaskState::from_u8(node.state.load(Ordering::Relaxed)),
            polls: node.polls.load(Ordering::Relaxed),
            since_last_poll: (last != u64::MAX).then(|| age.saturating_sub(Duration::from_micros(last))),
        }
    }

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

    /// The entry it belongs to: a task's is its scope, a scope's is the task that runs it.
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

    /// How long ago its last poll began, in real time; `None` before the first.
    #[must_use]
    pub const fn since_last_poll(&self) -> Option<Duration> {
        self.since_last_poll
    }
}

impl std::fmt::Display for TaskInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (kind, made) =
            if self.state == TaskState::Scope { ("scope", "made") } else { ("task", "spawned") };
        match self.name() {
            Some(name) => write!(f, "{kind} `{name}`, {made} at {}", self.label.location)?,
            None => write!(f, "{kind} {made} at {}", self.label.location)?,
        }
        match self.state {
            TaskState::Scope => write!(f, ", {:?} old", self.age),
            TaskState::New => write!(f, ", {:?} old, not polled yet", self.age),
            TaskState::Running => write!(f, ", {:?} old, running, {} polls", self.age, self.polls),
            TaskState::Waiting => write!(f, ", {:?} old, waiting, {} polls", self.age, self.polls),
        }
    }
}

/// What is registered under that scope, each with how deep it is; parents come before their children.
pub(crate) fn under(root: &Registered) -> Vec<(usize, TaskInfo)> {
    let mut depths = BTreeMap::from([(root.0.id, 0)]);
    let mut found = Vec::new();
    // A parent is registered before its children.
    for node in nodes().values() {
        let Some(depth) = node.parent.and_then(|parent| depths.get(&parent).copied()) else { continue };
        depths.insert(node.id, depth + 1);
        found.push((depth, TaskInfo::of(node)));
    }
    found
}

/// Everything that is registered, the oldest first.
pub(crate) fn all() -> Vec<TaskInfo> {
    nodes().values().map(|node| TaskInfo::of(node)).collect()
}
