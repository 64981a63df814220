#![deny(warnings)]
//! What only its type tells from a permit.

use tokio::task::JoinSet;

struct Tickets;

impl Tickets {
    fn try_acquire(&self) -> Option<u32> {
        Some(1)
    }
}

#[steadfast::checked]
async fn tickets(tickets: &Tickets, tasks: &mut JoinSet<()>) {
    let _ticket = tickets.try_acquire();
    tasks.spawn(async move { tokio::task::yield_now().await });
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut tasks = JoinSet::new();
    tickets(&Tickets, &mut tasks).await;
    tasks.join_all().await;
}
