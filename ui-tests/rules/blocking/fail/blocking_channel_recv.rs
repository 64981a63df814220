//! Channels between threads.

use std::sync::mpsc::{Receiver, SyncSender};

struct App {
    jobs: Receiver<u32>,
}

#[steadfast::checked]
async fn asked(app: &App, done: SyncSender<u32>) {
    let _ = app.jobs.recv();
    let _ = done.send(5);
}

fn main() {}
