//! The time is up, and the closure goes on.

use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(1);

#[steadfast::checked(deny(timeout_on_spawn_blocking))]
async fn in_place() {
    drop(timeout(LIMIT, spawn_blocking(|| 1)).await);
}

#[steadfast::checked]
async fn a_variable() {
    let sum = tokio::task::spawn_blocking(|| 1);
    drop(tokio::time::timeout(LIMIT, sum).await);
}

fn main() {}
