#![deny(warnings)]
//! What only its type tells from the guard of a `tokio` lock.

struct Cache;

impl Cache {
    async fn read(&self) -> u32 {
        1
    }
}

#[steadfast::checked(deny(async_guard_across_await))]
async fn a_number(cache: &Cache) -> u32 {
    let value = cache.read().await;
    fetch().await;
    value
}

async fn fetch() {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(a_number(&Cache).await, 1);
}
