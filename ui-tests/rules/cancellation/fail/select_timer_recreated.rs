//! A timer that every round starts again.

use std::time::Duration;

use tokio::sync::mpsc::Receiver;

#[steadfast::checked(deny(select_timer_recreated))]
async fn certain(mut jobs: Receiver<u8>) {
    loop {
        tokio::select! {
            _ = tokio::time::sleep(Duration::from_secs(5)) => println!("flush"),
            job = jobs.recv() => println!("{job:?}"),
        }
    }
}

fn main() {}
