//! A wait that never ends.

use tokio_util::task::TaskTracker;

#[steadfast::checked(deny(tracker_wait_without_close))]
async fn asked() {
    let tracker = TaskTracker::new();
    tracker.spawn(async {});
    tracker.wait().await;
}

#[steadfast::checked]
async fn certain() {
    let tracker = tokio_util::task::TaskTracker::new();
    tracker.wait().await;
}

fn main() {}
