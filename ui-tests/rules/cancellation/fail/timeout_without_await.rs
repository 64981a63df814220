//! A timeout that cannot fire.

use std::time::Duration;

use tokio::time::timeout;

#[steadfast::checked]
async fn certain(rows: &[u64]) -> u64 {
    tokio::time::timeout(Duration::from_millis(20), async { rows[0] + rows[1] }).await.unwrap()
}

#[steadfast::checked]
async fn imported(rows: &[u64]) {
    let sum = timeout(Duration::from_millis(20), async move {
        let mut sum = 0;
        for row in rows {
            sum += row;
        }
        sum
    });
    println!("{:?}", sum.await);
}

fn main() {}
