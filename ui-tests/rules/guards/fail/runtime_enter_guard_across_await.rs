//! The guard of an entered runtime lives across an await.

use tokio::runtime::{Handle, Runtime};

#[steadfast::checked]
async fn certain(other: tokio::runtime::Handle) {
    let _guard = other.enter();
    fetch().await;
}

#[steadfast::checked]
async fn asked(other: &Runtime) {
    let _guard = other.enter();
    fetch().await;
}

#[steadfast::checked]
async fn handle(other: Handle) {
    let _guard = other.enter();
    fetch().await;
}

async fn fetch() {}

fn main() {}
