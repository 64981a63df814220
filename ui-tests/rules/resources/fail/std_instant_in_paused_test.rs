//! Two clocks in one test.

use std::time::{Duration, Instant};

#[steadfast::checked(deny(std_instant_in_paused_test))]
#[cfg_attr(test, tokio::test(start_paused = true))]
async fn certain() {
    let start = std::time::Instant::now();
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(start.elapsed() >= Duration::from_secs(5));
}

#[steadfast::checked]
#[cfg_attr(test, tokio::test(start_paused = true))]
async fn asked() {
    let start = Instant::now();
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(start.elapsed() >= Duration::from_secs(5));
}

fn main() {}
