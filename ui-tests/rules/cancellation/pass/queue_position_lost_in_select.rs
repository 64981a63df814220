//! Only the type tells that there is no queue.

use tokio::sync::mpsc;

struct Slots;

impl Slots {
    async fn acquire(&self) {}
}

#[steadfast::checked(deny(queue_position_lost_in_select))]
async fn own_type(slots: &Slots, mut orders: mpsc::Receiver<u8>) {
    loop {
        tokio::select! {
            () = slots.acquire() => {}
            order = orders.recv() => println!("{order:?}"),
        }
    }
}

fn main() {}
