//! Result types under other names, and errors that nobody can classify by type.
use std::error::Error;
use std::fmt;
use std::io;

use steadfast::{PolicyError, Transient, retry};

mod api {
    pub type Result<T> = std::result::Result<T, super::ApiError>;
}

/// Neither `Display` nor `std::error::Error`.
#[derive(Debug, Transient)]
enum ApiError {
    #[transient]
    Busy,
    Gone,
}

/// Not even `Debug`.
struct Opaque;

#[retry]
async fn alias() -> api::Result<u32> {
    if false { Err(ApiError::Busy) } else { Err(ApiError::Gone) }
}

#[retry(on = any, attempts = 2)]
async fn opaque() -> Result<u32, Opaque> {
    Err(Opaque)
}

#[retry(on = |error| error.is::<io::Error>())]
async fn with_anyhow() -> anyhow::Result<u32> {
    Ok(1)
}

#[retry(on = |error| error.is::<fmt::Error>())]
async fn with_box() -> Result<u32, Box<dyn Error + Send + Sync>> {
    Ok(1)
}

#[retry]
async fn with_policy_error() -> Result<u32, PolicyError> {
    Ok(1)
}

#[retry]
async fn with_boxed_transient() -> Result<u32, Box<ApiError>> {
    Ok(1)
}

#[retry(on = any)]
async fn with_unit_error() -> Result<u32, ()> {
    Ok(1)
}

#[retry(on = any)]
async fn generic<T: Default, E>(error: Option<E>) -> Result<T, E>
where
    E: Clone,
{
    error.map_or_else(|| Ok(T::default()), Err)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    assert!(alias().await.is_err());
    assert!(opaque().await.is_err());
    assert_eq!(with_anyhow().await.unwrap(), 1);
    assert_eq!(with_box().await.unwrap(), 1);
    assert_eq!(with_policy_error().await.unwrap(), 1);
    assert_eq!(with_boxed_transient().await.unwrap(), 1);
    assert_eq!(with_unit_error().await.unwrap(), 1);
    assert_eq!(generic::<u32, u8>(None).await, Ok(0));
}
