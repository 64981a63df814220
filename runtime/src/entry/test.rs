//! The runtime of a test.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use tokio::runtime::{Builder, Handle, RuntimeFlavor};
use tokio::time::timeout;

use crate::tracker::Root;

const TIMEOUT: Duration = Duration::from_secs(60);

/// The settings of `#[test]`.
pub struct Test {
    builder: Builder,
    timeout: Duration,
    seed: Option<u64>,
    leaks: bool,
}

impl Test {
    fn new(mut builder: Builder) -> Self {
        builder.enable_all();
        Self { builder, timeout: TIMEOUT, seed: None, leaks: false }
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

    /// Runs the test.
    ///
    /// # Panics
    /// With the test's own panic, when it takes too long, or when tasks outlive it.
    #[track_caller]
    pub fn run<F: Future>(mut self, body: F) -> F::Output {
        let seed = self.seed.unwrap_or_else(|| fastrand::u64(..1 << 32));
        fastrand::seed(seed);
        let runtime = self.builder.build().expect("the runtime of `#[steadfast::test]` could not be built");
        let root = Root::new();
        let limit = self.timeout;
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(async {
                let value = timeout(limit, root.enter(body)).await;
                settle().await;
                value
            })
        }));
        let value = match outcome {
            Ok(Ok(value)) => value,
            Ok(Err(_)) => panic!(
                "the test did not end within {limit:?}; still running:{}\n{}",
                root.tree(),
                again(seed)
            ),
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
    let known = root.living();
    let tree = root.tree();
    let others = all.saturating_sub(known.len());
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
