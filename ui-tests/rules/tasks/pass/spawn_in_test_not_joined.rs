#![deny(warnings)]
//! Tasks that the test waits for, in one way or another.

use tokio::sync::{mpsc, oneshot};

#[steadfast::checked]
#[cfg(any(test, not(test)))]
async fn joined(mut rx: mpsc::Receiver<u8>) {
    let task = tokio::spawn(async move { assert_eq!(rx.recv().await, Some(1)) });
    task.await.unwrap();
}

#[steadfast::checked]
#[cfg(any(test, not(test)))]
async fn heard_of(mut rx: mpsc::Receiver<u8>) {
    let (done, heard) = oneshot::channel();
    tokio::spawn(async move {
        assert_eq!(rx.recv().await, Some(1));
        done.send(()).unwrap();
    });
    heard.await.unwrap();
}

#[steadfast::checked]
#[cfg(any(test, not(test)))]
async fn no_task(set: &mut tokio::task::JoinSet<()>, mut rx: mpsc::Receiver<u8>) {
    set.spawn(async move { assert_eq!(rx.recv().await, Some(1)) });
}

fn main() {}
