use std::sync::atomic::{AtomicBool, Ordering};

async fn until(ready: &AtomicBool) {
    while !ready.load(Ordering::Acquire) { //~ spin_wait
        std::hint::spin_loop();
    }
}

async fn empty(ready: &AtomicBool) {
    while !ready.load(Ordering::Relaxed) {} //~ spin_wait
}

async fn lock(taken: &AtomicBool) {
    while taken.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() { //~ spin_wait
        std::thread::yield_now();
    }
}

async fn in_a_loop(ready: &AtomicBool) {
    loop { //~ spin_wait
        if ready.load(Ordering::Acquire) {
            break;
        }
        std::hint::spin_loop();
    }
}

async fn yields(ready: &AtomicBool) {
    while !ready.load(Ordering::Acquire) { //~ busy_wait_sleep
        tokio::task::yield_now().await;
    }
}

async fn works(ready: &AtomicBool, step: fn()) {
    while !ready.load(Ordering::Acquire) {
        step();
    }
}

async fn loads_something_else(store: Store) {
    while store.load("key") {}
}

fn synchronous(ready: &AtomicBool) {
    while !ready.load(Ordering::Acquire) {
        std::hint::spin_loop();
    }
}

async fn offloaded(ready: &'static AtomicBool) {
    tokio::task::spawn_blocking(|| while !ready.load(Ordering::Acquire) {}).await.unwrap();
}
