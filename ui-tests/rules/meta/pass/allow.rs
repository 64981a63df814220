#![deny(warnings)]
//! Where `allow` may stand.

use std::time::Duration;

#[steadfast::allow(blocking_sleep, reason = "above")]
#[steadfast::checked]
async fn above() {
    std::thread::sleep(Duration::ZERO);
}

#[steadfast::checked]
#[steadfast::allow(blocking_sleep, reason = "below")]
async fn below() {
    std::thread::sleep(Duration::ZERO);
}

#[steadfast::allow(blocking_sleep, reason = "above a policy")]
#[steadfast::timeout(1s)]
async fn above_a_policy() -> Result<(), steadfast::PolicyError> {
    std::thread::sleep(Duration::ZERO);
    tokio::task::yield_now().await;
    Ok(())
}

#[steadfast::checked]
async fn on_statements(pause: bool) -> u32 {
    #[steadfast::allow(blocking_sleep, reason = "a statement")]
    std::thread::sleep(Duration::ZERO);
    #[steadfast::allow(blocking_sleep, reason = "a block")]
    if pause {
        std::thread::sleep(Duration::ZERO);
    }
    #[steadfast::allow(blocking_sleep, reason = "a variable")]
    let number = {
        std::thread::sleep(Duration::ZERO);
        3
    };
    number
}

struct Client;

#[steadfast::allow(blocking_sleep, reason = "the whole block")]
#[steadfast::checked]
impl Client {
    async fn first(&self) {
        std::thread::sleep(Duration::ZERO);
    }

    #[steadfast::bounded(1)]
    async fn second(&self) {
        std::thread::sleep(Duration::ZERO);
        tokio::task::yield_now().await;
    }
}

#[steadfast::allow(blocking_sleep, reason = "whose functions are checked one by one")]
impl Client {
    #[steadfast::checked]
    async fn third(&self) {
        std::thread::sleep(Duration::ZERO);
    }

    #[steadfast::checked]
    async fn nothing_to_allow(&self) {}
}

#[steadfast::allow(blocking_sleep, reason = "nobody checks it here")]
async fn unchecked() {
    std::thread::sleep(Duration::ZERO);
}

#[steadfast::allow(blocking_sleep, reason = "the same")]
pub struct Unchecked;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    above().await;
    below().await;
    above_a_policy().await.unwrap();
    assert_eq!(on_statements(true).await, 3);
    Client.first().await;
    Client.second().await;
    Client.third().await;
    Client.nothing_to_allow().await;
    unchecked().await;
}
