//! A loop that looks into a channel again and again.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;

#[steadfast::checked(deny(try_recv_poll_loop))]
async fn polls(mut jobs: mpsc::Receiver<u8>) {
    loop {
        if let Ok(job) = jobs.try_recv() {
            println!("{job}");
        }
        sleep(Duration::from_millis(20)).await;
    }
}

#[steadfast::checked]
async fn yields(mut jobs: mpsc::Receiver<u8>) {
    while jobs.try_recv().is_err() {
        tokio::task::yield_now().await;
    }
}

fn main() {}
