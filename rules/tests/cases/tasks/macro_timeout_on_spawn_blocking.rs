async fn imported(limit: Duration) {
    timeout(limit, spawn_blocking(|| 1)).await.unwrap().unwrap(); //~ timeout_on_spawn_blocking
}

async fn own(limit: Duration) {
    timeout(limit, scan()).await.unwrap();
}
