//! An interval that is made for its first tick.

use std::time::Duration;

use tokio::time::interval;

#[steadfast::checked]
async fn certain() {
    loop {
        tokio::time::interval(Duration::from_secs(1)).tick().await;
        println!("spins");
    }
}

#[steadfast::checked]
async fn as_a_sleep() {
    interval(Duration::from_secs(1)).tick().await;
}

fn main() {}
