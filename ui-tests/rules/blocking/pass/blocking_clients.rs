#![deny(warnings)]
//! The same methods of types that do not block.

struct Message;

struct Store;

impl Message {
    fn send(self) -> u8 {
        1
    }

    async fn execute(&self, of: u8) -> u8 {
        of
    }
}

impl Store {
    fn query_row(&self, _: &str) -> u8 {
        1
    }

    fn execute(&self, of: u8) -> u8 {
        of
    }
}

#[steadfast::checked]
async fn others(message: Message, store: Store, sender: std::sync::mpsc::Sender<u8>) -> u8 {
    let waited = message.execute(1).await;
    let _ = sender.send(waited);
    waited + store.query_row("SELECT 1") + store.execute(2) + message.send()
}

fn main() {
    let (sender, _receiver) = std::sync::mpsc::channel();
    drop(others(Message, Store, sender));
}
