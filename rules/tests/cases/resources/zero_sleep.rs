use std::time::Duration;

use tokio::time::{self, sleep};

async fn zero() {
    sleep(Duration::ZERO).await; //~ zero_sleep
    time::sleep(Duration::from_millis(0)).await; //~ zero_sleep
}

async fn a_real_one(pause: Duration) {
    sleep(Duration::from_millis(5)).await;
    sleep(pause).await;
}

async fn a_turn_for_the_others() {
    tokio::task::yield_now().await;
}

fn on_a_thread() {
    std::thread::sleep(Duration::ZERO);
}
