//! `on(..)` and `abort(..)` take what a `match` takes.
use std::io;

use steadfast::retry;

#[derive(Debug, PartialEq, thiserror::Error)]
enum Error {
    #[error("connection lost")]
    Io(io::ErrorKind),
    #[error("status {status}")]
    Http { status: u16 },
    #[error("not allowed")]
    Auth,
}

#[retry(on(Error::Io(_), Error::Http { status: 500..=599 | 429 }), abort(Error::Auth))]
async fn ranges(status: u16) -> Result<(), Error> {
    Err(Error::Http { status })
}

#[retry(on(Error::Http { status } if *status >= 500))]
async fn guard(status: u16) -> Result<(), Error> {
    Err(Error::Http { status })
}

#[retry(on(_), abort(Error::Auth | Error::Http { .. }))]
async fn wildcard() -> Result<(), Error> {
    Err(Error::Auth)
}

#[retry(on(any))]
async fn any_in_parentheses() -> Result<(), Error> {
    Ok(())
}

#[retry(on = |error: &Error| matches!(error, Error::Io(_)), abort(Error::Io(io::ErrorKind::NotFound)))]
async fn mixed() -> Result<(), Error> {
    Err(Error::Io(io::ErrorKind::NotFound))
}

/// Error types that are no enum.
#[retry(on(429 | 500..))]
async fn number(status: u16) -> Result<(), u16> {
    Err(status)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    assert_eq!(ranges(429).await, Err(Error::Http { status: 429 }));
    assert_eq!(guard(400).await, Err(Error::Http { status: 400 }));
    assert_eq!(wildcard().await, Err(Error::Auth));
    assert_eq!(any_in_parentheses().await, Ok(()));
    assert_eq!(mixed().await, Err(Error::Io(io::ErrorKind::NotFound)));
    assert_eq!(number(500).await, Err(500));
}
