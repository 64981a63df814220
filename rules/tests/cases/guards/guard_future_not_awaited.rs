use std::sync::Arc;
use tokio::sync::{Mutex, Notify, RwLock, Semaphore};

struct App {
    state: Arc<Mutex<u32>>,
}

impl App {
    async fn field(&self) {
        let _guard = self.state.lock(); //~ guard_future_not_awaited
        work().await;
    }
}

async fn permit(limit: Arc<Semaphore>) {
    let _permit = limit.acquire_owned(); //~ guard_future_not_awaited
    work().await;
}

async fn dropped(m: &RwLock<u32>) {
    let guard = m.write(); //~ guard_future_not_awaited
    drop(guard);
}

async fn unknown(limits: Limits) {
    let _permit = limits.http.acquire(); //? guard_future_not_awaited guard_across_await
    work().await;
}

async fn awaited(m: &Mutex<u32>) {
    let _guard = m.lock().await;
    work().await;
}

async fn awaited_later(m: &Mutex<u32>) {
    let lock = m.lock();
    let _guard = lock.await;
    work().await;
}

async fn notified(notify: &Notify) {
    let notified = notify.notified();
    work().await;
    notified.await;
}

async fn joined(m: &Mutex<u32>) {
    let lock = m.lock();
    let (guard, ()) = tokio::join!(lock, work());
    println!("{guard}");
}

async fn std_lock(m: &std::sync::Mutex<u32>) {
    let _guard = m.lock();
}

async fn unwrapped(m: Shared) {
    let _guard = m.inner.lock().unwrap();
}

async fn with_a_buffer(file: &mut File, buffer: &mut [u8]) {
    let _n = file.read(buffer);
}

async fn work() {}
