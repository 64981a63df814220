//! The runtime of a program: run, and end in order.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::process::{ExitCode, Termination};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::debugging::Debugging;
use super::report;
use super::signal::{self, Signal};
use crate::tracker::Root;

/// Kubernetes gives a pod 30 seconds between `SIGTERM` and `SIGKILL`; a third of it leaves room for what surrounds it.
const GRACE: Duration = Duration::from_secs(10);
const BLOCKING_GRACE: Duration = Duration::from_secs(5);
/// How long aborted tasks may take to drop what they hold. They are only waited for to name those that do not yield.
const ABORT_GRACE: Duration = Duration::from_secs(1);

/// The settings of `#[main]`.
pub struct Main {
    builder: Builder,
    grace: Duration,
    blocking_grace: Duration,
    signals: bool,
    debug: Option<bool>,
}

/// How the body ended.
enum Ended<T> {
    Returned(T),
    /// It went on beyond its grace after this signal, and was dropped.
    Stopped(Signal),
}

impl Main {
    fn new(mut builder: Builder) -> Self {
        builder.enable_all();
        Self { builder, grace: GRACE, blocking_grace: BLOCKING_GRACE, signals: true, debug: None }
    }

    #[must_use]
    pub fn multi_thread() -> Self {
        Self::new(Builder::new_multi_thread())
    }

    #[must_use]
    pub fn current_thread() -> Self {
        Self::new(Builder::new_current_thread())
    }

    #[must_use]
    pub fn worker_threads(mut self, threads: usize) -> Self {
        self.builder.worker_threads(threads.max(1));
        self
    }

    #[cfg(feature = "test")]
    #[must_use]
    pub fn start_paused(mut self, paused: bool) -> Self {
        self.builder.start_paused(paused);
        self
    }

    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    #[must_use]
    pub fn blocking_grace(mut self, grace: Duration) -> Self {
        self.blocking_grace = grace;
        self
    }

    #[must_use]
    pub fn without_signals(mut self) -> Self {
        self.signals = false;
        self
    }

    #[must_use]
    pub fn debug(mut self, debug: bool) -> Self {
        self.debug = Some(debug);
        self
    }

    /// Runs the body, then ends everything else in order, and gives the exit code of the body's value.
    ///
    /// # Panics
    /// If the runtime cannot be built; and with the body's panic, after the drain.
    #[track_caller]
    pub fn run<F>(mut self, body: F) -> ExitCode
    where
        F: Future<Output: Termination>,
    {
        let runtime = self.builder.build().expect("the runtime of `#[steadfast::main]` could not be built");
        let root = Root::of_process();
        let debugging = Debugging::start(self.debug, self.signals, &runtime);
        let body = {
            let _entered = runtime.enter();
            root.enter_as("main", self.body(root, body))
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(body)));
        let drained = self.drain(&runtime, root);
        // It would take the end of the runtime for a block.
        if let Some(debugging) = debugging {
            debugging.end(&runtime);
        }
        self.end(runtime, root, drained);
        match outcome {
            Ok(Ended::Returned(value)) => value.report(),
            Ok(Ended::Stopped(signal)) => signal.exit_code(),
            Err(panic) => resume_unwind(panic),
        }
    }

    async fn body<F: Future>(&self, root: &Root, body: F) -> Ended<F::Output> {
        let mut body = pin!(body);
        if !self.signals {
            return Ended::Returned(body.await);
        }
        let mut signals = signal::Signals::new();
        let stop = async {
            let signal = signals.next().await;
            root.cancel(signal.name());
            let end = sleep_until(Instant::now() + self.grace);
            tokio::select! {
                () = end => signal,
                again = signals.next() => again.exit_now(),
            }
        };
        tokio::select! {
            biased;
            value = &mut body => Ended::Returned(value),
            signal = stop => Ended::Stopped(signal),
        }
    }

    /// Cancels, waits, aborts. Whether everything that can be aborted has ended.
    fn drain(&self, runtime: &Runtime, root: &Root) -> bool {
        runtime.block_on(async {
            root.cancel("main has returned");
            let second = async {
                if self.signals {
                    signal::Signals::new().next().await.exit_now::<()>();
                } else {
                    std::future::pending::<()>().await;
                }
            };
            let drain = async {
                if timeout_at(Instant::now() + self.grace, root.ended()).await.is_err() {
                    report::aborted(&root.living(), self.grace);
                    root.abort();
                    return timeout_at(Instant::now() + ABORT_GRACE, root.ended()).await.is_ok();
                }
                true
            };
            tokio::select! {
                drained = drain => drained,
                () = second => false,
            }
        })
    }

    fn end(&self, runtime: Runtime, root: &Root, drained: bool) {
        runtime.shutdown_timeout(self.blocking_grace);
        if !drained {
            report::left(&root.living(), self.blocking_grace);
        }
    }
}
