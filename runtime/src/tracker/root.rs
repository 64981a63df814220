//! The root tracker: the last one that waits.

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::Location;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use tokio_util::sync::CancellationToken;

use super::registry::{self, Kind, Registered};
use super::{TaskInfo, TaskTree, current};
use crate::scope::{
    CancelReason, CancelSource, Core, Entry, Label, OnError, Panics, Settings, TaskHandle, Whatever,
};

/// Owns what belongs to no scope.
#[derive(Clone)]
pub struct Root(Arc<Core>);

static PROCESS: LazyLock<Root> = LazyLock::new(|| Root::with(Label::here(), None));

/// A task that has not ended.
#[derive(Clone, Debug)]
pub struct Living {
    name: Option<Cow<'static, str>>,
    location: &'static Location<'static>,
}

/// The root of the current task: that of `#[main]` or `#[test]` around it, or the process's.
pub(super) fn current() -> Root {
    current::get().map_or_else(|| PROCESS.clone(), |core| Root(core.top()))
}

impl Root {
    /// One of its own, as a test has it.
    #[track_caller]
    pub fn new() -> Self {
        let label = Label::here();
        let node = registry::enter_root(&label);
        Self::with(label, node)
    }

    fn with(label: Label, node: Option<Registered>) -> Self {
        let settings = Settings {
            label,
            on_error: OnError::Collect,
            panics: Panics::Collect,
            grace: None,
            graceful_drop: false,
            deadline: None,
            limit: None,
            abandon_blocking_after: None,
            handles_observe: false,
        };
        Self(Arc::new(Core::root(settings, node)))
    }

    /// The one that everything ends up with where no other is.
    pub fn of_process() -> &'static Self {
        &PROCESS
    }

    /// Makes this the root of everything that `body` does.
    pub fn enter<F: Future>(&self, body: F) -> Rooted<F> {
        Rooted { node: None, body: Some(body), inside: Some(Arc::clone(&self.0)) }
    }

    /// The same, and `body` is listed among the tasks by that name, if any are.
    #[track_caller]
    pub fn enter_as<F: Future>(&self, name: &'static str, body: F) -> Rooted<F> {
        let node = registry::enter_child(Kind::Body, &Label::named(name), &self.0);
        Rooted { node, ..self.enter(body) }
    }

    /// Cancels the token, and with it that of every scope, which are told `cause`. New tasks are let in all the same: what
    /// is to be cleaned up may need some. The first cause stays.
    pub fn cancel(&self, cause: &'static str) {
        self.0.ask_to_stop(CancelReason::new(CancelSource::Shutdown, cause.into()));
    }

    /// Cancelled by [`cancel`](Self::cancel).
    #[must_use]
    pub fn token(&self) -> CancellationToken {
        self.0.token().clone()
    }

    /// Aborts every task that is there now.
    pub fn abort(&self) {
        self.0.abort_present();
    }

    /// Ready when no task is left.
    pub async fn ended(&self) {
        poll_fn(|cx| self.0.poll_empty(cx)).await;
    }

    /// The tasks that have not ended.
    #[must_use]
    pub fn living(&self) -> Vec<Living> {
        let mut living = Vec::new();
        self.0.living(&mut |entry: &Entry| {
            let Label { name, location } = entry.label();
            living.push(Living { name, location });
        });
        living
    }

    /// The tasks and scopes under this one as lines, each after a line break; those that are registered if this root is.
    #[must_use]
    pub fn tree(&self) -> String {
        let lines = match self.entries() {
            None => self.living().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
            Some(entries) => entries.into_iter().collect::<TaskTree>().to_string(),
        };
        lines.lines().map(|line| format!("\n  {line}")).collect()
    }

    /// What is registered under this one, if it is.
    pub(crate) fn entries(&self) -> Option<Vec<TaskInfo>> {
        self.0.node.as_ref().map(|node| registry::of_test(node.test()))
    }

    /// What a test's own entries are found by.
    #[cfg(feature = "test")]
    pub(crate) fn key(&self) -> Option<u64> {
        self.0.node.as_ref().and_then(Registered::test)
    }

    pub(super) fn detach<F>(&self, label: Label, future: F) -> TaskHandle<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        match self.0.spawn::<F, Whatever>(label, future) {
            Ok(handle) => handle,
            Err(_) => unreachable!("the root tracker always takes tasks"),
        }
    }

    pub(crate) fn core(&self) -> Arc<Core> {
        Arc::clone(&self.0)
    }
}

impl Default for Root {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Root").field("living", &self.0.len()).finish()
    }
}

impl Living {
    /// The name it was given.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Where it was spawned.
    #[must_use]
    pub const fn location(&self) -> &'static Location<'static> {
        self.location
    }
}

impl fmt::Display for Living {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let location = self.location;
        match &self.name {
            Some(name) => write!(f, "`{name}`, spawned at {location}"),
            None => write!(f, "a task spawned at {location}"),
        }
    }
}

pin_project! {
    /// A future with a root around it.
    #[must_use = "futures do nothing unless polled"]
    pub struct Rooted<F> {
        node: Option<Registered>,
        #[pin]
        body: Option<F>,
        inside: Option<Arc<Core>>,
    }
}

/// Puts what was outside back, also when the poll panics.
struct Inside<'a> {
    inside: &'a mut Option<Arc<Core>>,
    outer: Option<Arc<Core>>,
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        *self.inside = current::replace(self.outer.take());
    }
}

impl<F: Future> Future for Rooted<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        let outer = current::replace(this.inside.take());
        let _inside = Inside { inside: this.inside, outer };
        let watched = this.node.as_ref().map(Registered::polled);
        let polled = this.body.as_mut().as_pin_mut().expect("polled after it was ready").poll(cx);
        if polled.is_ready() {
            this.body.set(None);
            drop(watched);
            *this.node = None;
        }
        polled
    }
}
