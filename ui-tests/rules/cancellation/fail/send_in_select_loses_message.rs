//! A message that is dropped with the future that sends it.

use tokio::sync::mpsc::{self, Sender};

#[steadfast::checked(deny(send_in_select_loses_message))]
async fn certain(mut rx: mpsc::Receiver<String>, tx: tokio::sync::mpsc::Sender<String>, mut orders: mpsc::Receiver<u8>) {
    while let Some(message) = rx.recv().await {
        tokio::select! {
            _ = tx.send(message) => {}
            order = orders.recv() => println!("{order:?}"),
        }
    }
}

struct Worker {
    outbox: Sender<String>,
}

impl Worker {
    #[steadfast::checked]
    async fn asked(&self, mut rx: mpsc::Receiver<String>, mut orders: mpsc::Receiver<u8>) {
        while let Some(message) = rx.recv().await {
            tokio::select! {
                _ = self.outbox.send(message) => {}
                order = orders.recv() => println!("{order:?}"),
            }
        }
    }
}

fn main() {}
