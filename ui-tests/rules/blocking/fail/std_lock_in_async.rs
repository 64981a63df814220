//! Locks of `std`.

use std::sync::{Arc, Mutex, RwLock};

#[steadfast::checked(deny(std_lock_in_async))]
async fn asked(total: Arc<Mutex<u32>>, names: &RwLock<Vec<String>>) -> usize {
    *total.lock().unwrap() += 1;
    names.read().unwrap().len()
}

fn main() {}
