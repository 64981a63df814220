//! Enums and structs of every shape, beside `thiserror`, generic, under other names.
use std::fmt::Debug;
use std::io;
use std::time::Duration;

use steadfast::{PolicyError, Transient, retry, timeout};

#[derive(Debug, thiserror::Error, Transient)]
enum Api {
    #[error("connection lost")]
    #[transient]
    Io(#[source] io::Error),
    #[error("throttled")]
    #[transient(after = 0)]
    Throttled(Duration),
    #[error("busy")]
    #[transient(after = retry_after, when = code >= 500 && path.len() > 1)]
    Busy { retry_after: Option<Duration>, code: u16, path: String },
    #[error("status {status}")]
    #[transient(when = status >= 500 || status == 429)]
    Http { status: u16 },
    #[error("code {0}")]
    #[transient(when = _0 == 7)]
    Code(u32),
    #[error("not allowed")]
    Auth,
    #[error(transparent)]
    #[policy]
    Policy(PolicyError),
}

/// `thiserror` writes the conversion.
#[derive(Debug, thiserror::Error, Transient)]
enum Converted {
    #[error(transparent)]
    #[policy]
    Policy(#[from] PolicyError),
}

#[timeout(1s)]
async fn convert() -> Result<(), Converted> {
    tokio::task::yield_now().await;
    Ok(())
}

#[derive(Debug, Transient)]
#[transient(when = status >= 500, after = after)]
struct Status {
    status: u16,
    after: Duration,
}

#[derive(Debug, Transient)]
#[transient]
struct Always;

#[derive(Debug, Transient)]
struct Never(#[allow(dead_code)] u32);

#[derive(Debug, Transient)]
enum Generic<T: Debug, const N: usize>
where
    T: Clone,
{
    #[transient]
    Value(T),
    Array([T; N]),
    #[policy]
    Policy { source: PolicyError },
}

#[derive(Debug, Transient)]
#[transient(crate = "steadfast")]
enum Raw {
    #[transient(when = r#type == 1)]
    Kind { r#type: u32 },
    #[transient]
    r#Loop,
}

#[derive(Debug, Transient)]
enum Empty {}

#[timeout(total = 1s)]
#[retry]
async fn read(status: u16) -> Result<(), Api> {
    tokio::task::yield_now().await;
    Err(Api::Http { status })
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    assert!(read(404).await.is_err());
    assert!(convert().await.is_ok());
    assert!(Api::Io(io::Error::other("x")).is_transient());
    assert_eq!(Api::Throttled(Duration::ZERO).retry_after(), Some(Duration::ZERO));
    let busy = Api::Busy { retry_after: None, code: 503, path: "/a".into() };
    assert!(busy.is_transient());
    assert!(Api::Http { status: 429 }.is_transient() && Api::Code(7).is_transient() && !Api::Auth.is_transient());
    assert!(Status { status: 500, after: Duration::ZERO }.is_transient());
    assert!(Always.is_transient() && !Never(1).is_transient());
    assert!(Generic::<u32, 1>::Value(1).is_transient() && !Generic::<u32, 1>::Array([1]).is_transient());
    assert!(Raw::Kind { r#type: 1 }.is_transient() && Raw::r#Loop.is_transient());
    let _: Option<Empty> = None;
}
