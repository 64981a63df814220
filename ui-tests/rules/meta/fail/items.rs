//! More than one function at once, each of them checked once.

use std::sync::Mutex;
use std::time::Duration;

struct Client {
    hits: Mutex<u32>,
}

#[steadfast::checked]
impl Client {
    async fn certain(&self) {
        std::thread::sleep(Duration::from_secs(1));
    }

    async fn asked(&self) -> u32 {
        let hits = self.hits.lock().unwrap();
        tokio::task::yield_now().await;
        *hits
    }

    #[steadfast::timeout(1s)]
    async fn with_a_policy(&self) -> Result<(), steadfast::PolicyError> {
        std::thread::sleep(Duration::from_secs(1));
        tokio::task::yield_now().await;
        Ok(())
    }

    #[steadfast::checked(allow(blocking_sleep))]
    async fn with_its_own_levels(&self) {
        std::thread::sleep(Duration::from_secs(1));
    }
}

#[steadfast::checked]
trait Job {
    async fn run(&self) {
        std::thread::sleep(Duration::from_secs(1));
    }
}

#[steadfast::checked(warn(blocking_sleep))]
mod inner {
    use std::thread::sleep as nap;
    use std::time::Duration;

    pub async fn lowered() {
        nap(Duration::from_secs(1));
    }

    #[steadfast::bounded(2)]
    pub async fn lowered_under_a_policy() {
        std::thread::sleep(Duration::from_secs(1));
        tokio::task::yield_now().await;
    }
}

fn main() {}
