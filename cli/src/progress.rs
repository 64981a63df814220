//! A progress bar, on a terminal only.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often the bar is drawn. A check that is over sooner never draws it.
const REDRAW: Duration = Duration::from_millis(100);
const WIDTH: usize = 30;

/// Counts files, and draws how far they are.
#[derive(Default)]
pub(crate) struct Progress {
    counts: Arc<Counts>,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

#[derive(Default)]
struct Counts {
    known: AtomicUsize,
    done: AtomicUsize,
}

impl Progress {
    /// Draws on standard error, if that is a terminal.
    pub(crate) fn start(wanted: bool) -> Self {
        let counts = Arc::new(Counts::default());
        let drawing = (wanted && io::stderr().is_terminal()).then(|| {
            let (end, ended) = channel();
            let counts = Arc::clone(&counts);
            let thread = thread::spawn(move || {
                while ended.recv_timeout(REDRAW) == Err(RecvTimeoutError::Timeout) {
                    counts.draw();
                }
                // Leaves an empty line for what is printed next.
                eprint!("\r\x1b[K");
            });
            (end, thread)
        });
        Self { counts, drawing }
    }

    pub(crate) fn found_file(&self) {
        self.counts.known.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn checked_file(&self) {
        self.counts.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.drawing.take() {
            drop(end);
            // A bar that could not be drawn is no reason to fail.
            let _ = thread.join();
        }
    }
}

impl Counts {
    fn draw(&self) {
        let (done, known) = (self.done.load(Ordering::Relaxed), self.known.load(Ordering::Relaxed).max(1));
        let bar = "=".repeat(WIDTH * done.min(known) / known);
        eprint!("\r\x1b[K    Checking [{bar:WIDTH$}] {done}/{known} files");
        let _ = io::stderr().flush();
    }
}
