//! Expressions of a wrong type: rustc's own words, at the user's expression.
use std::io;
use std::time::Duration;

use steadfast::bounded;
use tokio::sync::Semaphore;

struct User {
    name: String,
    balance: f64,
    most: u32,
    patience: u64,
    limit: Semaphore,
}

#[bounded(user.name)]
async fn one(user: &User) -> io::Result<Vec<u8>> {
    tokio::fs::read(&user.name).await
}

#[bounded(by = user.limit)]
async fn two(user: &User) -> io::Result<Vec<u8>> {
    tokio::fs::read(&user.name).await
}

#[bounded(2, key = user.balance)]
async fn three(user: &User) -> io::Result<Vec<u8>> {
    tokio::fs::read(&user.name).await
}

#[bounded(8, max_wait = user.patience)]
async fn four(user: &User) -> io::Result<Vec<u8>> {
    tokio::fs::read(&user.name).await
}

#[bounded(user.most)]
async fn five(user: &User) -> io::Result<Vec<u8>> {
    tokio::fs::read(&user.name).await
}

#[bounded(8, queue = user.most)]
async fn six(user: &User) -> io::Result<Vec<u8>> {
    tokio::fs::read(&user.name).await
}

#[bounded(by = user.bulkhead)]
async fn seven(user: &User) -> io::Result<Vec<u8>> {
    tokio::fs::read(&user.name).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let user = User { name: "ada".into(), balance: 1.0, most: 2, patience: 5, limit: Semaphore::new(2) };
    tokio::time::sleep(Duration::from_millis(1)).await;
    one(&user).await?;
    two(&user).await?;
    three(&user).await?;
    four(&user).await?;
    five(&user).await?;
    six(&user).await?;
    seven(&user).await?;
    Ok(())
}
