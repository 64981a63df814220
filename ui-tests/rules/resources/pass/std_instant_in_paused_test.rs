#![deny(warnings)]
//! The clock of the test itself.

use std::time::Duration;

use tokio::time::Instant;

#[steadfast::checked]
#[cfg_attr(test, tokio::test(start_paused = true))]
async fn one_clock() {
    let start = Instant::now();
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(start.elapsed() >= Duration::from_secs(5));
}

fn main() {}
