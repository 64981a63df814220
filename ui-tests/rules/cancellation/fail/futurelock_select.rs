//! A future that may hold the lock its `select!` waits for.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

async fn work(lock: Arc<Mutex<u8>>) {
    *lock.lock().await += 1;
}

#[steadfast::checked(deny(futurelock_select))]
async fn certain(lock: Arc<Mutex<u8>>) {
    let mut work = Box::pin(work(lock.clone()));
    tokio::select! {
        _ = &mut work => {}
        _ = tokio::time::sleep(Duration::from_secs(1)) => println!("{}", lock.lock().await),
    }
    work.await;
}

fn main() {}
