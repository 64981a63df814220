#![deny(warnings)]
//! Code that is right, a place that is allowed, and a rule that is off.

steadfast::audit!(allow(blocking_fs));

pub async fn page() -> std::io::Result<String> {
    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    std::fs::read_to_string("page")
}

#[steadfast::allow(blocking_sleep, reason = "the thread is ours")]
pub async fn alone() {
    std::thread::sleep(std::time::Duration::from_millis(1));
}

fn main() {}
