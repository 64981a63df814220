//! A task that is meant to run forever, and that nobody watches.

use tokio::sync::mpsc;

#[steadfast::checked(deny(endless_task_unsupervised))]
async fn certain(mut jobs: mpsc::Receiver<u8>) {
    tokio::spawn(async move {
        loop {
            let job = jobs.recv().await.unwrap();
            println!("{job}");
        }
    });
}

#[steadfast::checked]
async fn asked(runtime: tokio::runtime::Handle, mut jobs: mpsc::Receiver<u8>) {
    runtime.spawn(async move {
        loop {
            assert!(jobs.recv().await.is_some());
        }
    });
}

fn main() {}
