//! A loop that wakes up a thousand times a second.

use std::time::Duration;

use tokio::time::sleep;

#[steadfast::checked(deny(tiny_sleep_loop))]
async fn of_a_millisecond() {
    loop {
        println!("anything new?");
        sleep(Duration::from_millis(1)).await;
    }
}

#[steadfast::checked]
async fn of_microseconds() {
    for round in 0..1000 {
        println!("{round}");
        tokio::time::sleep(Duration::from_micros(200)).await;
    }
}

fn main() {}
