//! A lock is held while a channel is empty.

use tokio::sync::{Mutex, mpsc};

#[steadfast::checked(deny(receiver_behind_mutex))]
async fn denied(jobs: &Mutex<mpsc::Receiver<u32>>) {
    while let Some(job) = jobs.lock().await.recv().await {
        println!("{job}");
    }
}

#[steadfast::checked]
async fn warned(jobs: &Mutex<mpsc::Receiver<u32>>) {
    let mut jobs = jobs.lock().await;
    println!("{:?}", jobs.recv().await);
}

fn main() {}
