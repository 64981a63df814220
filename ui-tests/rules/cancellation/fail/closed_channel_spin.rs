//! A loop that spins once its channel is closed.

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{broadcast, watch};

#[steadfast::checked]
async fn certain(mut jobs: tokio::sync::mpsc::Receiver<u8>) {
    loop {
        if let Some(job) = jobs.recv().await {
            println!("{job}");
        }
    }
}

#[steadfast::checked]
async fn asked(jobs: &mut UnboundedReceiver<u8>) {
    loop {
        match jobs.recv().await {
            Some(job) => println!("{job}"),
            None => {}
        }
    }
}

#[steadfast::checked]
async fn of_a_watch(mut level: watch::Receiver<u8>) {
    loop {
        let _ = level.changed().await;
        println!("{}", *level.borrow_and_update());
    }
}

#[steadfast::checked]
async fn of_a_broadcast(mut news: broadcast::Receiver<u8>) {
    loop {
        match news.recv().await {
            Ok(item) => println!("{item}"),
            Err(error) => println!("{error}"),
        }
    }
}

fn main() {}
