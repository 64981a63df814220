//! Limits that are literals, constants, and expressions over the arguments.
use std::io;
use std::time::Duration;

use steadfast::timeout;

const SHORT: Duration = Duration::from_millis(250);
static LONG: Duration = Duration::from_secs(5);

mod limits {
    use std::time::Duration;

    pub const QUERY: Duration = Duration::from_secs(2);
}

trait Settings {
    const PATIENCE: Duration;
}

struct Patient;

impl Settings for Patient {
    const PATIENCE: Duration = Duration::from_secs(60);
}

struct Client {
    limit: Duration,
}

impl Client {
    const LIMIT: Duration = Duration::from_secs(3);

    #[timeout(SHORT)]
    async fn constant(&self) -> io::Result<u32> {
        tokio::task::yield_now().await;
        Ok(1)
    }

    #[timeout(attempt = limits::QUERY, total = LONG)]
    async fn path_and_static(&self) -> io::Result<u32> {
        tokio::task::yield_now().await;
        Ok(1)
    }

    #[timeout(Self::LIMIT)]
    async fn associated(&self) -> io::Result<u32> {
        tokio::task::yield_now().await;
        Ok(1)
    }

    #[timeout(self.limit)]
    async fn field(&self) -> io::Result<u32> {
        tokio::task::yield_now().await;
        Ok(1)
    }

    #[timeout(attempt = self.limit / 2 + 250ms, total = self.limit.max(1s))]
    async fn expression(&self) -> io::Result<u32> {
        tokio::task::yield_now().await;
        Ok(1)
    }
}

#[timeout(S::PATIENCE)]
async fn generic<S: Settings>(_settings: S) -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

#[timeout(limit)]
async fn argument(limit: Duration) -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

#[timeout(if fast { 100ms } else { 1m30s })]
async fn choice(fast: bool) -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

#[timeout(1.5s)]
async fn fraction() -> io::Result<u32> {
    tokio::task::yield_now().await;
    Ok(1)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let client = Client { limit: Duration::from_secs(2) };
    let sum = client.constant().await?
        + client.path_and_static().await?
        + client.associated().await?
        + client.field().await?
        + client.expression().await?
        + generic(Patient).await?
        + argument(SHORT).await?
        + choice(true).await?
        + fraction().await?;
    assert_eq!(sum, 9);
    Ok(())
}
