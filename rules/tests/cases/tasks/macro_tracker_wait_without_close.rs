async fn never_closed() {
    let tracker = TaskTracker::new();
    tracker.spawn(async {});
    tracker.wait().await; //? tracker_wait_without_close
}

async fn closed() {
    let tracker = TaskTracker::new();
    tracker.close();
    tracker.wait().await;
}
