//! The thread of the runtime sleeps.

use std::thread;
use std::time::Duration;

#[steadfast::checked]
async fn certain() {
    std::thread::sleep(Duration::from_secs(1));
}

#[steadfast::checked]
async fn asked() {
    thread::sleep(Duration::from_secs(1));
}

struct Client;

impl Client {
    #[steadfast::timeout(2s)]
    async fn under_a_policy(&self) -> Result<(), steadfast::PolicyError> {
        std::thread::sleep(Duration::from_secs(1));
        tokio::task::yield_now().await;
        Ok(())
    }
}

#[steadfast::checked(warn(blocking_sleep))]
async fn lowered() {
    std::thread::sleep(Duration::from_secs(1));
}

fn main() {}
