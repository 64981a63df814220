#![deny(warnings)]
//! Sleeps that block nobody.

use std::thread;
use std::time::Duration;

#[steadfast::checked(allow(blocking_sleep))]
async fn switched_off() {
    std::thread::sleep(Duration::from_millis(0));
}

#[steadfast::checked]
async fn in_a_closure() {
    tokio::task::spawn_blocking(|| thread::sleep(Duration::from_millis(0))).await.unwrap();
}

#[steadfast::checked]
async fn allowed() {
    #[steadfast::allow(blocking_sleep, reason = "no time at all")]
    std::thread::sleep(Duration::from_millis(0));
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    switched_off().await;
    in_a_closure().await;
    allowed().await;
}
