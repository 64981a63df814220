//! Zero where `tokio` panics.

use std::time::Duration;

#[steadfast::checked]
async fn an_interval() {
    let mut ticks = tokio::time::interval(Duration::from_millis(0));
    ticks.tick().await;
}

#[steadfast::checked]
async fn a_channel() {
    drop(tokio::sync::mpsc::channel::<u8>(0));
}

fn main() {}
