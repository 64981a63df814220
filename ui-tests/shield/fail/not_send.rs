//! What may have to finish in the background may end up on another thread.
use std::rc::Rc;

use steadfast::shield;

#[shield]
async fn charge(card: Rc<str>) -> usize {
    tokio::task::yield_now().await;
    card.len()
}

fn main() {
    let _ = charge(Rc::from("4711"));
}
