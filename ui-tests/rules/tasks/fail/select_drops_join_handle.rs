//! Another branch is first, and the task goes on.

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

#[steadfast::checked(deny(select_drops_join_handle))]
async fn certain(stop: oneshot::Receiver<()>) {
    let task = tokio::spawn(async {});
    tokio::select! {
        _ = task => {}
        _ = stop => {}
    }
}

#[steadfast::checked]
async fn asked(task: JoinHandle<()>, stop: oneshot::Receiver<()>) {
    tokio::select! {
        _ = task => {}
        _ = stop => {}
    }
}

fn main() {}
