//! Only the type tells that the message is kept.

use tokio::sync::mpsc;

struct Outbox;

impl Outbox {
    /// Keeps the message until it is sent.
    async fn send(&self, _: String) {}
}

#[steadfast::checked(deny(send_in_select_loses_message))]
async fn own_type(mut rx: mpsc::Receiver<String>, tx: Outbox, mut orders: mpsc::Receiver<u8>) {
    while let Some(message) = rx.recv().await {
        tokio::select! {
            _ = tx.send(message) => {}
            order = orders.recv() => println!("{order:?}"),
        }
    }
}

fn main() {}
