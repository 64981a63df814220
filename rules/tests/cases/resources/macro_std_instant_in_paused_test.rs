#[tokio::test(start_paused = true)]
async fn imported() {
    let start = Instant::now(); //? std_instant_in_paused_test
    assert!(start.elapsed() < LONG);
}

#[tokio::test(start_paused = true)]
async fn of_tokio() {
    let start = tokio::time::Instant::now();
    assert!(start.elapsed() < LONG);
}
