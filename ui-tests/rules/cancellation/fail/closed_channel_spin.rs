//! A loop that spins once its channel is closed.

use tokio::sync::mpsc::UnboundedReceiver;

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

fn main() {}
