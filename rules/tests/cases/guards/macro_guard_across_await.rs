async fn unresolved(m: &Mutex<u32>) {
    let g = m.lock().unwrap(); //? guard_across_await
    fetch().await;
}

async fn written_out(m: &std::sync::Mutex<u32>) {
    let g = m.lock().unwrap(); //~ guard_across_await
    fetch().await;
}

async fn parameter(g: MutexGuard<'_, u32>) { //? guard_across_await
    fetch().await;
}

async fn own_function() {
    let state = state_of("a"); //? guard_across_await
    fetch().await;
    println!("{}", state.hits);
}

async fn head(m: &Mutex<u32>) {
    if let Some(g) = m.try_lock() { //? guard_across_await
        fetch().await;
    }
}

async fn tokio_lock(m: &tokio::sync::Mutex<u32>) {
    let g = m.lock(); //~ guard_future_not_awaited
    fetch().await;
}

async fn awaited(m: &Mutex<u32>) {
    let g = m.lock().await;
    fetch().await;
}

async fn plain_values(items: Vec<String>, started: Instant) {
    let count = items.len();
    let names = items.iter().map(|item| item.to_string()).collect::<Vec<_>>();
    let waited = started.elapsed();
    let client = Client::new();
    let id = Uuid::new_v4();
    let name = format!("{id}");
    fetch().await;
}

async fn read_with_a_buffer(file: &mut File, buffer: &mut [u8]) {
    let n = file.read(buffer).unwrap();
    fetch().await;
}

async fn in_a_macro() {
    let made = vec![1, 2];
    fetch().await;
}
