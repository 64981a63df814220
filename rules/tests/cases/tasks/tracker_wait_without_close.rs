use tokio_util::task::TaskTracker;

async fn never_closed() {
    let tracker = TaskTracker::new();
    for _ in 0..3 {
        tracker.spawn(async {});
    }
    tracker.wait().await; //~ tracker_wait_without_close
}

async fn in_a_select() {
    let tracker = TaskTracker::new();
    tracker.spawn(async {});
    tokio::select! {
        () = tracker.wait() => {} //~ tracker_wait_without_close
        () = async {} => {}
    }
}

async fn closed() {
    let tracker = TaskTracker::new();
    tracker.spawn(async {});
    tracker.close();
    tracker.wait().await;
}

async fn closed_by_a_clone() {
    let tracker = TaskTracker::new();
    let clone = tracker.clone();
    tokio::spawn(async move { clone.close(); });
    tracker.wait().await;
}

async fn lent() {
    let tracker = TaskTracker::new();
    run(&tracker).await;
    tracker.wait().await;
}

async fn a_parameter(tracker: TaskTracker) {
    tracker.wait().await;
}

async fn something_else(child: tokio::process::Child) {
    let mut child = child;
    child.wait().await.unwrap();
}
