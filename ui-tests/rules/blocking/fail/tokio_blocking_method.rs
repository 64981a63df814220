//! Methods for other threads.

#[steadfast::checked]
async fn add(total: &tokio::sync::Mutex<u32>, sender: tokio::sync::mpsc::Sender<u32>) {
    *total.blocking_lock() += 1;
    let _ = sender.blocking_send(1);
}

fn main() {}
