//! An assertion in a task that the test does not wait for.

use tokio::sync::mpsc;

#[steadfast::checked(deny(spawn_in_test_not_joined))]
#[cfg(any(test, not(test)))]
async fn certain(mut rx: mpsc::Receiver<u8>) {
    tokio::spawn(async move { assert_eq!(rx.recv().await, Some(1)) });
}

#[steadfast::checked]
#[cfg(any(test, not(test)))]
async fn asked(runtime: tokio::runtime::Handle, mut rx: mpsc::Receiver<u8>) {
    let _task = runtime.spawn(async move { assert_eq!(rx.recv().await, Some(1)) });
}

fn main() {}
