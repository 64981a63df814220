//! MJ006: the task of a handle that is returned has ended.
use steadfast::must_join;
use tokio::task::JoinHandle;

#[must_join]
async fn start() -> JoinHandle<u32> {
    tokio::spawn(async { 1 })
}

#[must_join]
async fn start_all() -> Result<Vec<steadfast::TaskHandle<u32>>, std::io::Error> {
    Ok(vec![tokio::spawn(async { 1 })])
}

fn main() {
    let _ = (start(), start_all());
}
