//! A place in a queue that every round gives up.

use tokio::sync::{Semaphore, mpsc};

#[steadfast::checked(deny(queue_position_lost_in_select))]
async fn asked(slots: &Semaphore, mut orders: mpsc::Receiver<u8>) {
    loop {
        tokio::select! {
            permit = slots.acquire() => drop(permit),
            order = orders.recv() => println!("{order:?}"),
        }
    }
}

fn main() {}
