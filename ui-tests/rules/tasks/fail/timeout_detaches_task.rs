//! The time is up, and the task goes on.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(1);

#[steadfast::checked(deny(timeout_detaches_task))]
async fn certain() {
    let task = tokio::spawn(async {});
    drop(tokio::time::timeout(LIMIT, task).await);
}

#[steadfast::checked]
async fn asked(task: JoinHandle<u8>) -> Option<u8> {
    timeout(LIMIT, task).await.ok()?.ok()
}

fn main() {}
