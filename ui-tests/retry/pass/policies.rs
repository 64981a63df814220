//! Every argument once, in every form that it has.
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use steadfast::{Backoff, Budget, retry};
use tokio_util::sync::CancellationToken;

static SHARED: Budget = Budget::new();

struct Pause(Duration);

impl Backoff for Pause {
    fn delay(&self, _retry: u32, _previous: Duration) -> Duration {
        self.0
    }
}

struct Client {
    attempts: u32,
    pause: Duration,
    budget: Budget,
    stop: CancellationToken,
    calls: AtomicU32,
}

fn timed_out(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::TimedOut
}

fn hint(_: &io::Error) -> Option<Duration> {
    Some(Duration::from_millis(1))
}

fn log(retrying: &steadfast::Retrying<'_, io::Error>) {
    let _ = retrying;
}

impl Client {
    const TRIES: u32 = 3;

    fn call(&self) -> io::Result<u32> {
        match self.calls.fetch_add(1, Ordering::Relaxed) % 2 {
            0 => Err(io::ErrorKind::TimedOut.into()),
            _ => Ok(1),
        }
    }

    #[retry]
    async fn bare(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any)]
    async fn any(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = timed_out)]
    async fn path(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = |error| error.kind() == io::ErrorKind::TimedOut, abort = |error| error.raw_os_error() == Some(1))]
    async fn closure(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(exp(1ms, factor = 1.5, cap = 20ms), on = any, attempts = 5, jitter = equal)]
    async fn positional(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, retries = 4, backoff = constant(1ms), jitter = none)]
    async fn retries(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, within = 10s, backoff = linear(1ms, step = 2ms, cap = 10ms))]
    async fn within(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, backoff = fibonacci(1ms, cap = 5ms), jitter = decorrelated)]
    async fn fibonacci(&self) -> io::Result<u32> {
        self.call()
    }

    /// The first pause may be none.
    #[retry(on = any, backoff = list[0s, 1s])]
    async fn list(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(Pause(self.pause), on = any)]
    async fn own_backoff(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, attempts = self.attempts, backoff = exp(self.pause, cap = self.pause * 4 + 1ms))]
    async fn expressions(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, attempts = Self::TRIES)]
    async fn constant(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, retry_after = hint, retry_after_max = 30s)]
    async fn hinted(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, retry_if_ok = |value| *value == 0)]
    async fn on_a_value(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, budget = none)]
    async fn no_budget(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, budget = "payments")]
    async fn named_budget(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, budget = (ratio = 1, min_per_sec = 1, ttl = 60s))]
    async fn own_budget(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, budget = self.budget)]
    async fn field_budget(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, budget = SHARED)]
    async fn static_budget(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, idempotent, nested = once, on_retry = log)]
    async fn flags(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, attempts = unlimited, reset_after = 60s, cancel = self.stop)]
    async fn unlimited(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, on_retry = |retrying| log(retrying),)]
    async fn trailing_comma(&self) -> io::Result<u32> {
        self.call()
    }

    #[retry(on = any, attempts = 2)]
    fn plain(&self) -> io::Result<u32> {
        self.call()
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let client = Client {
        attempts: 3,
        pause: Duration::from_millis(1),
        budget: Budget::new(),
        stop: CancellationToken::new(),
        calls: AtomicU32::new(0),
    };
    let first = client.bare().await? + client.any().await? + client.path().await? + client.closure().await?;
    let second = client.positional().await? + client.retries().await? + client.within().await?;
    let third = client.fibonacci().await? + client.list().await? + client.own_backoff().await?;
    let fourth = client.expressions().await? + client.constant().await? + client.hinted().await?;
    let fifth = client.on_a_value().await? + client.no_budget().await? + client.named_budget().await?;
    let sixth = client.own_budget().await? + client.field_budget().await? + client.static_budget().await?;
    let seventh = client.flags().await? + client.unlimited().await? + client.trailing_comma().await?;
    assert_eq!(first + second + third + fourth + fifth + sixth + seventh + client.plain()?, 23);
    Ok(())
}
