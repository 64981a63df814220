//! Threads that are joined.

use std::thread;

#[steadfast::checked]
async fn asked(handles: Vec<thread::JoinHandle<u32>>) -> u32 {
    let handle = thread::spawn(|| 42);
    for handle in handles {
        handle.join().unwrap();
    }
    handle.join().unwrap()
}

fn main() {}
