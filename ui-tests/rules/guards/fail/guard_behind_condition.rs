//! What is compiled under a condition that holds is asked about like everything else.

use std::sync::{Mutex, MutexGuard};

async fn send(_: u32) {}

struct Pair<'a> {
    #[cfg(any(unix, not(unix)))]
    first: MutexGuard<'a, u32>,
    #[cfg(any())]
    second: Missing,
}

fn both_of(cell: &Mutex<u32>) -> Pair<'_> {
    Pair { first: cell.lock().unwrap() }
}

#[steadfast::checked]
async fn in_an_arm(cell: &Mutex<u32>) {
    match cell.try_lock() {
        #[cfg(any(unix, not(unix)))]
        Ok(guard) => send(*guard).await,
        _ => {}
    }
}

#[steadfast::checked]
async fn in_a_field(cell: &Mutex<u32>) {
    let Pair {
        #[cfg_attr(any(unix, not(unix)), cfg(any(unix, not(unix))))]
        first,
        ..
    } = both_of(cell);
    send(*first).await;
}

fn main() {}
