async fn full_path(d: std::time::Duration) {
    std::thread::sleep(d); //~ blocking_sleep
}

async fn unseen_import(d: std::time::Duration) {
    thread::sleep(d); //? blocking_sleep
    sleep(d); //? blocking_sleep
}

async fn awaited(d: std::time::Duration) {
    sleep(d).await;
    time::sleep(d).await;
}

async fn other_module(d: std::time::Duration) {
    let later = time::sleep(d);
    later.await;
}

async fn shadowed(sleep: fn(std::time::Duration), d: std::time::Duration) {
    sleep(d);
}

async fn local_function(d: std::time::Duration) {
    sleep(d);
    fn sleep(_: std::time::Duration) {}
}
