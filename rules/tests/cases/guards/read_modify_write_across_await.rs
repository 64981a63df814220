use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

async fn lock(sum: &Mutex<u32>) {
    let old = *sum.lock().unwrap();
    let more = fetch().await;
    *sum.lock().unwrap() = old + more; //~ read_modify_write_across_await
}

async fn atomic(sum: &AtomicU32) {
    let old = sum.load(Ordering::Relaxed);
    let more = fetch().await;
    sum.store(old + more, Ordering::Relaxed); //~ read_modify_write_across_await
}

async fn in_one_step(sum: &Mutex<u32>) {
    let more = fetch().await;
    *sum.lock().unwrap() += more;
}

async fn no_await_between(sum: &AtomicU32) {
    let old = sum.load(Ordering::Relaxed);
    sum.store(old + 1, Ordering::Relaxed);
    fetch().await;
}

async fn other_value(sum: &Mutex<u32>, total: &Mutex<u32>) {
    let old = *sum.lock().unwrap();
    let more = fetch().await;
    *total.lock().unwrap() = old + more;
}

async fn not_from_the_old_value(sum: &Mutex<u32>) {
    let old = *sum.lock().unwrap();
    println!("{old}");
    let fresh = fetch().await;
    *sum.lock().unwrap() = fresh;
}

async fn fetch() -> u32 {
    1
}
