use std::time::Duration;

use tokio::time::{self, sleep};

async fn looks_again_and_again(device: Device) {
    loop {
        device.step();
        sleep(Duration::from_millis(1)).await; //~ tiny_sleep_loop
    }
}

async fn in_a_branch(device: Device) {
    while let Some(event) = device.peek().await {
        if event.is_late() {
            time::sleep(Duration::from_micros(500)).await; //~ tiny_sleep_loop
        }
    }
}

async fn a_longer_one(device: Device) {
    loop {
        device.step();
        sleep(Duration::from_millis(100)).await;
    }
}

async fn once() {
    sleep(Duration::from_millis(1)).await;
}

async fn in_a_task() {
    for _ in 0..3 {
        tokio::spawn(async { sleep(Duration::from_millis(1)).await }).await.unwrap();
    }
}

async fn computed(device: Device, pause: Duration) {
    loop {
        device.step();
        sleep(pause).await;
    }
}

async fn a_tick(mut ticks: time::Interval) {
    loop {
        ticks.tick().await;
    }
}

fn on_a_thread() {
    loop {
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[tokio::test]
async fn in_a_test(device: Device) {
    loop {
        device.step();
        sleep(Duration::from_millis(1)).await;
    }
}
