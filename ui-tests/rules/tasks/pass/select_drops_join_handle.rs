#![deny(warnings)]
//! What `select!` may drop.

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

#[steadfast::checked]
async fn futures(work: impl Future<Output = ()>, stop: oneshot::Receiver<()>) {
    tokio::select! {
        () = work => {}
        _ = stop => {}
    }
}

#[steadfast::checked]
async fn lent(task: &mut JoinHandle<()>, stop: oneshot::Receiver<()>) {
    tokio::select! {
        _ = task => {}
        _ = stop => {}
    }
}

#[steadfast::checked]
async fn aborted(task: JoinHandle<()>, stop: oneshot::Receiver<()>) {
    let abort = task.abort_handle();
    tokio::select! {
        _ = task => {}
        _ = stop => abort.abort(),
    }
}

fn main() {}
