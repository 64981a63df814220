async fn lease(files: Files) {
    let lease = files.lease(); //? configured_guard_across_await guard_across_await
    fetch().await;
    println!("{lease}");
}

async fn attached() {
    let python = attach_guard(); //? configured_guard_across_await guard_across_await
    fetch().await;
    python.run();
}

async fn ended(files: Files) {
    let lease = files.lease();
    consume(lease);
    fetch().await;
}

async fn afterwards(files: Files) {
    fetch().await;
    let lease = files.lease();
    lease.use_it();
}

async fn awaited(files: Files) {
    let lease = files.lease().await;
    fetch().await;
}

async fn fetch() {}
