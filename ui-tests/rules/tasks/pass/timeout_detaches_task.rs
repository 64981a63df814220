#![deny(warnings)]
//! What a timeout may drop.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(1);

#[steadfast::checked]
async fn a_future(work: impl Future<Output = u8>) -> Option<u8> {
    timeout(LIMIT, work).await.ok()
}

#[steadfast::checked]
async fn by_reference(mut task: JoinHandle<u8>) {
    if timeout(LIMIT, &mut task).await.is_err() {
        task.abort();
    }
}

#[steadfast::checked]
async fn lent(task: &mut JoinHandle<u8>) -> bool {
    timeout(LIMIT, task).await.is_ok()
}

#[steadfast::checked]
async fn that_ends_with_its_handle(task: tokio_util::task::AbortOnDropHandle<u8>) -> bool {
    timeout(LIMIT, task).await.is_ok()
}

fn main() {}
