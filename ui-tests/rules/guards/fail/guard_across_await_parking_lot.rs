//! The guards of `parking_lot`, and of every other lock that is made with `lock_api`.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

async fn work() {}

#[steadfast::checked]
async fn locked(counter: Arc<Mutex<u8>>) {
    let mut counter = counter.lock();
    *counter += 1;
    work().await;
}

struct State {
    names: RwLock<Vec<String>>,
}

impl State {
    #[steadfast::checked]
    async fn read(&self) {
        let names = self.names.read();
        work().await;
        drop(names);
    }

    #[steadfast::checked]
    async fn tried(&self) {
        if let Some(mut names) = self.names.try_write() {
            work().await;
            names.clear();
        }
    }

    #[steadfast::checked]
    async fn discarded(&self) {
        let _ = self.names.write();
        work().await;
        _ = self.names.read();
    }
}

fn main() {}
