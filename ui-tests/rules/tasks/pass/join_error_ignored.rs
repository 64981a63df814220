#![deny(warnings)]
//! Results of other futures, and of tasks that were aborted.

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

#[steadfast::checked]
async fn a_channel(done: oneshot::Receiver<()>) {
    let _ = done.await;
}

#[steadfast::checked]
async fn a_future(work: impl Future<Output = Result<(), u8>>) {
    let _ = work.await;
}

#[steadfast::checked]
async fn aborted(task: JoinHandle<()>) {
    task.abort();
    let _ = task.await;
}

#[steadfast::checked]
async fn looked_at(task: JoinHandle<()>) {
    if let Err(error) = task.await {
        eprintln!("{error}");
    }
}

fn main() {}
