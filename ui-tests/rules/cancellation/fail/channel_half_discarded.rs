//! A channel that is closed as soon as it is made.

use tokio::sync::{mpsc, oneshot};

#[steadfast::checked(deny(channel_half_discarded))]
async fn certain() {
    let (tx, _) = tokio::sync::mpsc::channel(8);
    println!("{:?}", tx.send(1).await);
}

#[steadfast::checked]
async fn imported() {
    let (_, rx) = oneshot::channel::<u8>();
    println!("{:?}", rx.await);
    let (tx, _) = mpsc::unbounded_channel();
    println!("{:?}", tx.send(1));
}

fn main() {}
