//! A borrow of the value of a `watch` channel lives across an await.

use tokio::sync::watch;

#[steadfast::checked]
async fn certain(config: tokio::sync::watch::Receiver<String>) {
    let config = config.borrow();
    load(&config).await;
}

#[steadfast::checked]
async fn asked(mut config: watch::Receiver<String>) {
    let current = config.borrow_and_update();
    load(&current).await;
}

async fn load(_: &str) {}

fn main() {}
