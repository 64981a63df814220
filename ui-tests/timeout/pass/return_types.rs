//! Return types that can carry a `PolicyError`, whatever they are called, and those that need not.
use std::error::Error;
use std::io;

use steadfast::{PolicyError, timeout};

mod store {
    #[derive(Debug, thiserror::Error)]
    pub enum StoreError {
        #[error("gone")]
        Gone,
        #[error(transparent)]
        Policy(#[from] steadfast::PolicyError),
    }

    pub type Answer<T> = Result<T, StoreError>;
}

#[derive(Debug)]
enum Plain {
    Late(&'static str),
}

#[timeout(1s)]
async fn with_io() -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

#[timeout(1s)]
async fn with_anyhow() -> anyhow::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

#[timeout(1s)]
async fn with_box() -> Result<u32, Box<dyn Error + Send + Sync>> {
    tokio::task::yield_now().await;
    Ok(1)
}

#[timeout(1s)]
async fn with_alias() -> store::Answer<u32> {
    tokio::task::yield_now().await;
    if false {
        return Err(store::StoreError::Gone);
    }
    Ok(1)
}

#[timeout(1s, map_err = |late: PolicyError| Plain::Late(late.function()))]
async fn with_map_err() -> Result<u32, Plain> {
    tokio::task::yield_now().await;
    Ok(1)
}

#[timeout(1s, on_elapsed = None)]
async fn with_option() -> Option<u32> {
    tokio::task::yield_now().await;
    Some(1)
}

#[timeout(1s, on_elapsed = ())]
async fn with_unit() {
    tokio::task::yield_now().await;
}

#[timeout(1s, on_elapsed = fallback)]
async fn with_argument(fallback: u32) -> u32 {
    tokio::task::yield_now().await;
    fallback + 1
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(with_io().await.unwrap(), 1);
    assert_eq!(with_anyhow().await.unwrap(), 1);
    assert_eq!(with_box().await.unwrap(), 1);
    assert_eq!(with_alias().await.unwrap(), 1);
    assert_eq!(with_map_err().await.unwrap(), 1);
    assert_eq!(with_option().await, Some(1));
    with_unit().await;
    assert_eq!(with_argument(2).await, 3);
}
