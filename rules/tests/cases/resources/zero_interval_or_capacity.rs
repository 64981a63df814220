use std::time::Duration;

use tokio::sync::{broadcast, mpsc};
use tokio::time::{self, Instant, interval};

async fn an_interval() {
    let mut ticks = interval(Duration::ZERO); //~ zero_interval_or_capacity
    ticks.tick().await;
}

async fn of_no_millis() {
    time::interval_at(Instant::now(), Duration::from_millis(0)).tick().await; //~ zero_interval_or_capacity
}

fn channels() {
    let (tx, rx) = mpsc::channel::<u8>(0); //~ zero_interval_or_capacity
    let news = broadcast::channel::<u8>(0); //~ zero_interval_or_capacity
}

async fn a_real_interval() {
    let mut ticks = interval(Duration::from_secs(1));
    ticks.tick().await;
    ticks = time::interval_at(Instant::now() + Duration::ZERO, Duration::from_secs(1));
    ticks.tick().await;
}

fn real_channels(size: usize) {
    let (tx, rx) = mpsc::channel::<u8>(1);
    let news = broadcast::channel::<u8>(size);
}

fn rendezvous() {
    let (tx, rx) = std::sync::mpsc::sync_channel::<u8>(0);
    let (tx, rx) = futures::channel::mpsc::channel::<u8>(0);
    let (tx, rx) = flume::bounded::<u8>(0);
}

async fn a_semaphore() {
    let gate = tokio::sync::Semaphore::new(0);
    gate.add_permits(1);
}

#[tokio::test]
#[should_panic(expected = "period must be non-zero")]
async fn in_a_test() {
    let mut ticks = interval(Duration::ZERO);
    ticks.tick().await;
}
