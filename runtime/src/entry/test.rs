//! The runtime of a test.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::time::Duration;

use tokio::runtime::{Builder, Handle, RuntimeFlavor};
use tokio::time::timeout;

use crate::debug::{Watching, environment};
use crate::tracker::registry::Tracking;
use crate::tracker::{Root, TaskState};

const TIMEOUT: Duration = Duration::from_secs(60);

/// The settings of `#[test]`.
pub struct Test {
    builder: Builder,
    timeout: Duration,
    seed: Option<u64>,
    leaks: bool,
    debug: Option<bool>,
}

impl Test {
    fn new(mut builder: Builder) -> Self {
        builder.enable_all();
        Self { builder, timeout: TIMEOUT, seed: None, leaks: false, debug: None }
    }

    #[must_use]
    pub fn current_thread() -> Self {
        Self::new(Builder::new_current_thread()).start_paused(true)
    }

    #[must_use]
    pub fn multi_thread() -> Self {
        Self::new(Builder::new_multi_thread())
    }

    #[must_use]
    pub fn worker_threads(mut self, threads: usize) -> Self {
        self.builder.worker_threads(threads.max(1));
        self
    }

    #[must_use]
    pub fn start_paused(mut self, paused: bool) -> Self {
        self.builder.start_paused(paused);
        self
    }

    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    #[must_use]
    pub fn allow_leaks(mut self) -> Self {
        self.leaks = true;
        self
    }

    #[must_use]
    pub fn debug(mut self, debug: bool) -> Self {
        self.debug = Some(debug);
        self
    }

    /// Runs the test.
    ///
    /// # Panics
    /// With the test's own panic, when it takes too long, or when tasks outlive it.
    #[track_caller]
    pub fn run<F: Future>(mut self, body: F) -> F::Output {
        let seed = self.seed.unwrap_or_else(|| fastrand::u64(..1 << 32));
        fastrand::seed(seed);
        let runtime = self.builder.build().expect("the runtime of `#[steadfast::test]` could not be built");
        let _tracking = Tracking::begin();
        let root = Root::new();
        let limit = self.timeout;
        let body = {
            let _entered = runtime.enter();
            root.enter_as("test", body)
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(async {
                let watching = self.watch(&root);
                let value = within(limit, body, &root).await;
                // It has a task, which is no leak.
                drop(watching);
                settle().await;
                value
            })
        }));
        let value = match outcome {
            Ok(Ok(value)) => value,
            Ok(Err(tree)) => {
                panic!("the test did not end within {limit:?}; still running:{tree}\n{}", again(seed))
            }
            Err(panic) => {
                eprintln!("{}", again(seed));
                resume_unwind(panic)
            }
        };
        if !self.leaks {
            check_leaks(&runtime, &root);
        }
        value
    }

    fn watch(&self, root: &Root) -> Option<Watching> {
        Some(environment::watch(self.debug)?.only(root.key()).start())
    }
}

/// The body's value; if it takes too long, what it was doing.
async fn within<F: Future>(limit: Duration, body: F, root: &Root) -> Result<F::Output, String> {
    let mut body = pin!(body);
    match timeout(limit, &mut body).await {
        Ok(value) => Ok(value),
        // Before it goes, and its tasks with it.
        Err(_) => Err(root.tree()),
    }
}

/// How often the rest may be polled before it counts as leaked.
const SETTLE: usize = 64;
/// How long another thread may take to put away a task that has ended. Nothing waits for so long that leaks nothing.
const SETTLE_ON_THREADS: Duration = Duration::from_millis(500);

/// What has just been aborted, or has only its end before it, is not a leak.
async fn settle() {
    let runtime = Handle::current();
    for _ in 0..SETTLE {
        tokio::task::yield_now().await;
    }
    if runtime.runtime_flavor() == RuntimeFlavor::CurrentThread {
        return;
    }
    let since = std::time::Instant::now();
    while runtime.metrics().num_alive_tasks() > 0 && since.elapsed() < SETTLE_ON_THREADS {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn again(seed: u64) -> String {
    format!("the same random choices again: `#[steadfast::test(seed = {seed})]`")
}

#[track_caller]
fn check_leaks(runtime: &tokio::runtime::Runtime, root: &Root) {
    let all = runtime.metrics().num_alive_tasks();
    if all == 0 {
        return;
    }
    let known = root.entries().unwrap_or_default();
    let known = known.iter().filter(|entry| !matches!(entry.state(), TaskState::Scope | TaskState::Blocking));
    let others = all.saturating_sub(known.count());
    let tree = root.tree();
    let raw = match others {
        0 => String::new(),
        1 => "\n  a task of `tokio::spawn`, which has no name".to_owned(),
        many => format!("\n  {many} tasks of `tokio::spawn`, which have no names"),
    };
    panic!(
        "the test has ended, and {all} of its tasks {} still alive:{tree}{raw}\nawait them, spawn them into a `steadfast::scope`, or write `#[steadfast::test(leaks = allow)]`",
        if all == 1 { "is" } else { "are" }
    );
}
