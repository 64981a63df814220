#![deny(warnings)]
//! Tasks that end, are owned, or have nothing that panics.

use tokio::sync::mpsc;
use tokio::task::JoinSet;

#[steadfast::checked]
async fn owned(mut set: JoinSet<()>, mut jobs: mpsc::Receiver<u8>) {
    set.spawn(async move {
        loop {
            jobs.recv().await.unwrap();
        }
    });
    set.join_all().await;
}

#[steadfast::checked]
async fn ends(mut jobs: mpsc::Receiver<u8>) {
    tokio::spawn(async move {
        while let Some(job) = jobs.recv().await {
            println!("{}", u8::try_from(i32::from(job)).unwrap());
        }
    });
}

fn main() {}
