//! What is known of every task while it lives, when somebody wants to know.
//!
//! Off, it costs a spawn one relaxed load and a poll one branch. On, a task has a node, which it writes to itself, and
//! the list of all nodes is locked when a task begins and ends.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Id;

use super::current;
use super::info::{TaskInfo, TaskState};
use crate::debug;
use crate::scope::{Core, Label};

/// [`BY_CALL`], and [`ONE`] for each [`Tracking`].
static ON: AtomicUsize = AtomicUsize::new(0);
const BY_CALL: usize = 1;
const ONE: usize = 2;

static NEXT: AtomicU64 = AtomicU64::new(1);
static NODES: Mutex<BTreeMap<u64, Arc<Node>>> = Mutex::new(BTreeMap::new());

thread_local! {
    /// The task that is polled now; zero for none.
    static TASK: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Polled by a worker, if its runtime has some.
    Task,
    /// The body of `#[main]` or `#[test]`, which is polled beside the workers.
    Body,
    /// On the blocking pool, where nothing has to be quick.
    Blocking,
    /// Waited for, and polled by somebody else.
    Held,
    Scope,
    /// What stands around everything that one test does. Nobody is told of it.
    Root,
}

/// One entry.
#[derive(Debug)]
pub(crate) struct Node {
    id: u64,
    kind: Kind,
    label: Label,
    parent: Option<u64>,
    /// The key of the test that it belongs to.
    test: Option<u64>,
    /// Where it is polled.
    runtime: Option<Id>,
    since: Instant,
    state: AtomicU8,
    polls: AtomicU64,
    /// When the last poll began, in microseconds since `since`.
    last_poll: AtomicU64,
}

/// Takes the entry out when dropped.
#[derive(Debug)]
pub(crate) struct Registered(Arc<Node>);

/// New tasks are registered as long as one of these is there.
#[derive(Debug)]
pub(crate) struct Tracking(());

impl Tracking {
    pub(crate) fn begin() -> Self {
        ON.fetch_add(ONE, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for Tracking {
    fn drop(&mut self) {
        ON.fetch_sub(ONE, Ordering::Relaxed);
    }
}

/// Whether new tasks are registered.
#[inline]
pub(crate) fn is_on() -> bool {
    ON.load(Ordering::Relaxed) != 0
}

/// From now on, or not any more.
pub(crate) fn set(on: bool) {
    if on {
        ON.fetch_or(BY_CALL, Ordering::Relaxed);
    } else {
        ON.fetch_and(!BY_CALL, Ordering::Relaxed);
    }
}

#[inline]
pub(crate) fn enter_child(kind: Kind, label: &Label, scope: &Core) -> Option<Registered> {
    is_on().then(|| {
        let around = scope.node.as_ref();
        let runtime = if matches!(kind, Kind::Task | Kind::Body) { scope.runtime_id() } else { None };
        let (parent, test) = (around.map(Registered::id), around.and_then(Registered::test));
        register(Node { runtime, ..Node::new(kind, label, parent, test) })
    })
}

#[inline]
pub(crate) fn enter_scope(label: &Label, parent: Option<&Core>) -> Option<Registered> {
    if !is_on() {
        return None;
    }
    let task = TASK.get();
    let around = parent.and_then(|core| core.node.as_ref());
    let parent = if task == 0 { around.map(Registered::id) } else { Some(task) };
    Some(register(Node::new(Kind::Scope, label, parent, around.and_then(Registered::test))))
}

/// What everything that is begun inside of it is found by.
pub(crate) fn enter_root(label: &Label) -> Option<Registered> {
    is_on().then(|| {
        let node = Node::new(Kind::Root, label, None, None);
        register(Node { test: Some(node.id), ..node })
    })
}

#[cold]
fn register(node: Node) -> Registered {
    let node = Arc::new(node);
    nodes().insert(node.id, Arc::clone(&node));
    Registered(node)
}

fn nodes() -> std::sync::MutexGuard<'static, BTreeMap<u64, Arc<Node>>> {
    NODES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Registered {
    /// Counts a poll, which ends with what is given.
    #[cold]
    pub(crate) fn polled(&self) -> Polled<'_> {
        let node = &self.0;
        node.last_poll.store(node.micros(), Ordering::Relaxed);
        node.polls.fetch_add(1, Ordering::Relaxed);
        let state = if node.kind == Kind::Blocking { TaskState::Blocking } else { TaskState::Running };
        // Whoever sees it run sees since when.
        node.state.store(state as u8, Ordering::Release);
        Polled { node, outer: TASK.replace(node.id) }
    }

    /// Takes the entry out: of a scope that has ended, whoever still has a handle of it.
    pub(crate) fn end(&self) {
        nodes().remove(&self.0.id);
    }

    fn id(&self) -> u64 {
        self.0.id
    }

    /// The key of the test that it belongs to.
    pub(crate) fn test(&self) -> Option<u64> {
        self.0.test
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.end();
    }
}

impl Node {
    #[cold]
    fn new(kind: Kind, label: &Label, parent: Option<u64>, test: Option<u64>) -> Self {
        let state = match kind {
            Kind::Task | Kind::Body | Kind::Blocking => TaskState::New,
            Kind::Held => TaskState::Held,
            Kind::Scope | Kind::Root => TaskState::Scope,
        };
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            kind,
            label: label.clone(),
            parent,
            test,
            runtime: None,
            since: Instant::now(),
            state: AtomicU8::new(state as u8),
            polls: AtomicU64::new(0),
            last_poll: AtomicU64::new(u64::MAX),
        }
    }

    fn micros(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX - 1)
    }

    pub(crate) fn info(&self) -> TaskInfo {
        // Before what it says something about.
        let state = TaskState::from_u8(self.state.load(Ordering::Acquire));
        let last = self.last_poll.load(Ordering::Relaxed);
        let age = self.since.elapsed();
        TaskInfo {
            id: self.id,
            label: self.label.clone(),
            kind: self.kind,
            runtime: self.runtime,
            parent: self.parent.filter(|parent| self.test != Some(*parent)),
            age,
            state,
            polls: self.polls.load(Ordering::Relaxed),
            since_last_poll: (last != u64::MAX).then(|| age.saturating_sub(Duration::from_micros(last))),
        }
    }
}

/// A poll that goes on.
pub(crate) struct Polled<'a> {
    node: &'a Node,
    outer: u64,
}

impl Drop for Polled<'_> {
    fn drop(&mut self) {
        let Self { node, outer } = self;
        node.state.store(TaskState::Waiting as u8, Ordering::Relaxed);
        TASK.set(*outer);
        if matches!(node.kind, Kind::Task | Kind::Body) && debug::slow::is_looked_for() {
            let took = node.micros().saturating_sub(node.last_poll.load(Ordering::Relaxed));
            debug::slow::poll_ended(Duration::from_micros(took), node.test, || node.info());
        }
    }
}

/// What one of the tests, or everybody, has registered; the oldest first.
pub(crate) fn of_test(test: Option<u64>) -> Vec<TaskInfo> {
    let belongs = |node: &Node| node.kind != Kind::Root && (test.is_none() || node.test == test);
    nodes().values().filter(|node| belongs(node)).map(|node| node.info()).collect()
}

/// The test that runs here.
pub(crate) fn test_here() -> Option<u64> {
    current::get().and_then(|core| core.node.as_ref()?.test())
}

/// What is registered, the oldest first: inside of a test its own, anywhere else everything.
pub(crate) fn all() -> Vec<TaskInfo> {
    of_test(test_here())
}
