//! A loop that ends when it has fallen behind.

use tokio::sync::broadcast::Receiver;

#[steadfast::checked]
async fn certain(mut events: tokio::sync::broadcast::Receiver<u8>) {
    while let Ok(event) = events.recv().await {
        println!("{event}");
    }
}

struct Follower {
    events: Receiver<u8>,
}

impl Follower {
    #[steadfast::checked]
    async fn asked(&mut self) {
        loop {
            match self.events.recv().await {
                Ok(event) => println!("{event}"),
                Err(_) => break,
            }
        }
    }
}

#[steadfast::checked]
async fn without_match(mut events: tokio::sync::broadcast::Receiver<u8>) {
    loop {
        let Ok(event) = events.recv().await else { break };
        println!("{event}");
    }
}

fn main() {}
