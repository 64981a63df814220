//! One lock where many are meant, and many where one is.

use std::sync::Arc;

use tokio::sync::Mutex;

#[steadfast::checked]
mod constants {
    use tokio::sync::Semaphore;

    const LIMIT: Semaphore = Semaphore::const_new(4);

    async fn work() {
        drop(LIMIT.acquire().await);
    }
}

#[steadfast::checked]
async fn places() -> Vec<Arc<Mutex<u8>>> {
    vec![Arc::new(Mutex::new(0)); 4]
}

fn main() {}
