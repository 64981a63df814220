//! An error type that is a parameter: it says what it can by its bounds.
use steadfast::{bounded, retry, timeout};

struct Client<S> {
    store: S,
}

#[allow(async_fn_in_trait)]
trait Store {
    type Error;

    async fn load(&self, key: &str) -> Result<Vec<u8>, Self::Error>;
}

impl<S: Store> Client<S> {
    #[timeout(1s)]
    async fn with_timeout(&self, key: &str) -> Result<Vec<u8>, S::Error> {
        self.store.load(key).await
    }

    #[bounded(8, reject)]
    async fn with_bounded(&self, key: &str) -> Result<Vec<u8>, S::Error> {
        self.store.load(key).await
    }

    #[retry]
    async fn with_retry(&self, key: &str) -> Result<Vec<u8>, S::Error> {
        self.store.load(key).await
    }
}

#[timeout(1s)]
async fn late<E>(path: &str, map: fn(std::io::Error) -> E) -> Result<Vec<u8>, E> {
    tokio::fs::read(path).await.map_err(map)
}

#[retry]
async fn again<E>(path: &str, map: fn(std::io::Error) -> E) -> Result<Vec<u8>, E> {
    tokio::fs::read(path).await.map_err(map)
}

#[retry(on = any)]
async fn consumed<T: AsRef<[u8]>>(path: &str, bytes: T) -> std::io::Result<()> {
    tokio::fs::write(path, bytes).await
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    late("a.txt", |error| error).await?;
    again("a.txt", |error| error).await?;
    consumed("a.txt", [1]).await
}
