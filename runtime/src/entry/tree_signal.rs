//! A signal that prints the task tree.
//!
//! It is listened to on a runtime of its own: the program's may be the one that does not move.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;

use crate::tracker;

/// The thread that listens. It ends when this is dropped.
pub(super) struct TreeSignal {
    stop: Arc<Notify>,
    thread: Option<JoinHandle<()>>,
}

impl TreeSignal {
    /// From now on. `None` where there is no such signal, or no thread.
    pub(super) fn start() -> Option<Self> {
        let runtime = Builder::new_current_thread().enable_all().build().ok()?;
        // Before anybody sends one, which would end the program.
        let signal = Signal::new(&runtime)?;
        let stop = Arc::new(Notify::new());
        let thread = {
            let stop = Arc::clone(&stop);
            let listen = move || runtime.block_on(print_until(signal, &stop));
            thread::Builder::new().name("steadfast-tree".to_owned()).spawn(listen).ok()?
        };
        Some(Self { stop, thread: Some(thread) })
    }
}

impl Drop for TreeSignal {
    fn drop(&mut self) {
        self.stop.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic has been printed, and is no reason for another one.
            let _ = thread.join();
        }
    }
}

async fn print_until(mut signal: Signal, stop: &Notify) {
    loop {
        tokio::select! {
            () = stop.notified() => return,
            () = signal.received() => tracker::print_tree(Signal::AFTER),
        }
    }
}

/// `SIGUSR1`: a Java program answers to `SIGQUIT`, but there Ctrl-\ is nobody's habit, and a core dump is what it means.
#[cfg(unix)]
struct Signal(tokio::signal::unix::Signal);

#[cfg(unix)]
impl Signal {
    const AFTER: &'static str = " after SIGUSR1";

    fn new(runtime: &Runtime) -> Option<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let _entered = runtime.enter();
        signal(SignalKind::user_defined1()).ok().map(Self)
    }

    async fn received(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}

/// Ctrl-Break, which a Java program answers to in the same way.
#[cfg(windows)]
struct Signal(tokio::signal::windows::CtrlBreak);

#[cfg(windows)]
impl Signal {
    const AFTER: &'static str = " after Ctrl-Break";

    fn new(runtime: &Runtime) -> Option<Self> {
        let _entered = runtime.enter();
        tokio::signal::windows::ctrl_break().ok().map(Self)
    }

    async fn received(&mut self) {
        if self.0.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(not(any(unix, windows)))]
struct Signal(std::convert::Infallible);

#[cfg(not(any(unix, windows)))]
impl Signal {
    const AFTER: &'static str = "";

    fn new(_: &Runtime) -> Option<Self> {
        None
    }

    async fn received(&mut self) {
        match self.0 {}
    }
}
