//! A sleep of zero. The rule is off unless somebody asks for it.

use std::time::Duration;

#[steadfast::checked(deny(zero_sleep))]
async fn zero() {
    tokio::time::sleep(Duration::ZERO).await;
}

#[steadfast::checked]
async fn off() {
    tokio::time::sleep(Duration::ZERO).await;
}

fn main() {}
