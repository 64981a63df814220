//! A condition that comes too late.

use tokio::sync::mpsc::Receiver;

#[steadfast::checked]
async fn certain(mut jobs: Option<Receiver<u8>>) {
    tokio::select! {
        job = jobs.as_mut().unwrap().recv(), if jobs.is_some() => println!("{job:?}"),
        _ = tokio::task::yield_now() => {}
    }
}

fn main() {}
