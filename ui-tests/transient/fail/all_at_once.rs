//! Every mistake of one error type, and the trait is there all the same.
use std::time::Duration;

use steadfast::{PolicyError, Transient, retry};

#[derive(Debug, Transient)]
enum Error {
    #[transient(afer = 0)]
    Throttled(Duration),
    #[transient(after = wait)]
    Busy { retry_after: Duration },
    #[policy]
    TimedOut(PolicyError, u32),
    #[policy]
    Full(PolicyError),
}

#[retry]
async fn read(path: &str) -> Result<Vec<u8>, Error> {
    tokio::fs::read(path).await.map_err(|_| Error::Throttled(Duration::ZERO))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    println!("{:?}", read("a.txt").await?);
    Ok(())
}
