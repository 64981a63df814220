#![deny(warnings)]
//! Trackers that are closed, and one of another kind.

mod own {
    pub(crate) struct TaskTracker;

    impl TaskTracker {
        pub(crate) fn new() -> Self {
            Self
        }

        pub(crate) async fn wait(&self) {}
    }
}

#[steadfast::checked]
async fn of_another_kind() {
    use own::*;
    let tracker = TaskTracker::new();
    tracker.wait().await;
}

#[steadfast::checked]
async fn closed() {
    let tracker = tokio_util::task::TaskTracker::new();
    tracker.close();
    tracker.wait().await;
}

fn main() {}
