//! A shared value is read, something is awaited, and the value is written back.

use std::sync::Mutex;

#[steadfast::checked(deny(read_modify_write_across_await))]
async fn add(sum: &Mutex<u32>) {
    let old = *sum.lock().unwrap();
    let more = fetch().await;
    *sum.lock().unwrap() = old + more;
}

async fn fetch() -> u32 {
    1
}

fn main() {}
