//! The runtime under another name and through a re-export, for all policies of a function at once.
use std::io;

mod resilience {
    pub use steadfast;
    pub use steadfast as inner;
}

#[resilience::steadfast::timeout(attempt = 1s, total = 10s, crate = "crate::resilience::steadfast")]
#[resilience::steadfast::retry(on = any)]
#[resilience::steadfast::bounded(8)]
async fn re_exported() -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

#[resilience::inner::timeout(attempt = 1s, total = 10s, crate = "crate::resilience::inner")]
#[resilience::inner::retry(on = any, crate = "crate::resilience::inner")]
#[resilience::inner::bounded(8, crate = "crate::resilience::inner")]
async fn renamed() -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

mod imported {
    use crate::resilience::inner::{bounded, retry};

    #[retry(on = any, crate = crate::resilience::inner)]
    #[bounded(8)]
    pub async fn once() -> std::io::Result<u32> {
        Ok(1)
    }
}

async fn part() -> io::Result<u32> {
    resilience::inner::apply!(crate = "crate::resilience::inner", retry(on = any); async { Ok(1) }).await
}

#[derive(Debug, resilience::inner::Transient)]
#[transient(crate = "crate::resilience::inner")]
enum Error {
    #[transient]
    Busy,
    #[policy]
    Policy(resilience::inner::PolicyError),
}

#[resilience::inner::timeout(1s, crate = "crate::resilience::inner")]
async fn with_derived() -> Result<u32, Error> {
    tokio::task::yield_now().await;
    if false { Err(Error::Busy) } else { Ok(1) }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let sum = re_exported().await? + renamed().await? + imported::once().await? + part().await?;
    assert_eq!(sum + with_derived().await.unwrap_or(0), 5);
    Ok(())
}
