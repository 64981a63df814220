use std::thread::{self, JoinHandle};

async fn started_here() {
    let handle = thread::spawn(|| 42);
    let _ = handle.join(); //~ blocking_thread_join
}

async fn given(handle: JoinHandle<u32>) {
    let _ = handle.join(); //~ blocking_thread_join
}

async fn unknown(worker: Worker) {
    let _ = worker.thread.join(); //? blocking_thread_join
}

async fn text(parts: &[&str], path: &std::path::Path) {
    let _ = parts.join(", ");
    let _ = path.join("a");
}

async fn task(handle: tokio::task::JoinHandle<u32>) {
    handle.await.unwrap();
}

async fn offloaded(handle: JoinHandle<u32>) {
    tokio::task::spawn_blocking(move || handle.join()).await.unwrap();
}

fn synchronous(handle: JoinHandle<u32>) {
    let _ = handle.join();
}

struct Worker {
    handle: Option<JoinHandle<u32>>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.handle.take().unwrap().join();
    }
}
