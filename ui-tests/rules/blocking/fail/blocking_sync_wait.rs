//! Waiting for other threads.

use std::sync::{Barrier, Condvar, Mutex};

#[steadfast::checked]
async fn asked(barrier: &Barrier, condition: &Condvar, ready: &Mutex<bool>) {
    barrier.wait();
    drop(condition.wait_while(ready.lock().unwrap(), |ready| !*ready));
    std::thread::park();
}

fn main() {}
