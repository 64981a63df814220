use std::time::{Duration, Instant};

#[tokio::test(start_paused = true)]
async fn imported() {
    let start = Instant::now(); //~ std_instant_in_paused_test
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(start.elapsed() >= Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn by_path() {
    let start = std::time::Instant::now(); //~ std_instant_in_paused_test
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn of_tokio() {
    let start = tokio::time::Instant::now();
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn not_paused() {
    let start = Instant::now();
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn no_runtime() {
    let start = Instant::now();
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn on_a_thread() {
    tokio::task::spawn_blocking(|| Instant::now()).await.unwrap();
}
