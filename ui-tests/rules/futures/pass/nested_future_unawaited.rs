#![deny(warnings)]
//! What only its type tells from a task that ends with a future.

#[steadfast::checked]
async fn a_value() -> u32 {
    tokio::spawn(async { answer() }).await.unwrap()
}

#[steadfast::checked]
async fn another_task() -> u32 {
    tokio::spawn(async { started() }).await.unwrap().await.unwrap()
}

/// Only the caller decides what `sum` gives.
#[steadfast::checked]
async fn open_until_taken(rows: &[u64]) -> u64 {
    let sum = async {
        tokio::task::yield_now().await;
        rows.iter().sum()
    };
    tokio::time::timeout(std::time::Duration::from_secs(1), sum).await.unwrap()
}

#[steadfast::checked]
async fn open_until_awaited(text: &str) -> u64 {
    tokio::time::timeout(std::time::Duration::from_secs(1), async {
        tokio::task::yield_now().await;
        text.parse().unwrap()
    })
    .await
    .unwrap()
}

fn answer() -> u32 {
    42
}

fn started() -> tokio::task::JoinHandle<u32> {
    tokio::spawn(async { 1 })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(a_value().await, 42);
    assert_eq!(another_task().await, 1);
    assert_eq!(open_until_taken(&[1, 2]).await, 3);
    assert_eq!(open_until_awaited("7").await, 7);
}
