use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::time::sleep;

async fn a_flag(ready: &AtomicBool) {
    while !ready.load(Ordering::Acquire) { //~ busy_wait_sleep
        sleep(Duration::from_millis(50)).await;
    }
}

async fn a_queue(queue: &tokio::sync::Mutex<Vec<u8>>) {
    loop { //~ busy_wait_sleep
        if queue.lock().await.is_empty() {
            break;
        }
        tokio::task::yield_now().await;
    }
}

async fn a_task(task: tokio::task::JoinHandle<()>) {
    while !task.is_finished() { //~ busy_wait_sleep
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn a_file(path: &std::path::Path) {
    while !path.exists() {
        sleep(Duration::from_millis(50)).await;
    }
}

async fn a_service(client: &Client) {
    while !client.is_healthy().await {
        sleep(Duration::from_secs(1)).await;
    }
}

async fn does_something(ready: &AtomicBool) {
    while !ready.load(Ordering::Acquire) {
        poll_device();
        sleep(Duration::from_millis(50)).await;
    }
}

async fn forever() {
    while true {
        sleep(Duration::from_secs(60)).await;
    }
}

async fn a_number_of_times(mut left: u32) {
    while left > 0 {
        left -= 1;
        sleep(Duration::from_millis(50)).await;
    }
}

async fn until_a_time(end: tokio::time::Instant) {
    while tokio::time::Instant::now() < end {
        sleep(Duration::from_millis(50)).await;
    }
}

fn on_a_thread(ready: &AtomicBool) {
    while !ready.load(Ordering::Acquire) {
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[tokio::test]
async fn in_a_test() {
    let ready = AtomicBool::new(true);
    while !ready.load(Ordering::Acquire) {
        sleep(Duration::from_millis(50)).await;
    }
}
