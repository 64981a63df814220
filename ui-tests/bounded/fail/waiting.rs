//! Contradictions about waiting, and keys without a key.
use std::io;
use std::time::Duration;

use steadfast::bounded;

struct Exports {
    most: usize,
    idle: Duration,
}

impl Exports {
    #[bounded(8, reject, queue = 100)]
    async fn one(&self, path: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(path).await
    }

    #[bounded(8, max_wait = 1s, reject)]
    async fn two(&self, path: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(path).await
    }

    #[bounded(8, max_keys = 100, idle = 60s)]
    async fn three(&self, path: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(path).await
    }

    #[bounded(self.most, key = path, max_keys = self.most, idle = self.idle)]
    async fn four(&self, path: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(path).await
    }

    #[bounded(8, map_err = io::Error::other)]
    async fn five(&self, path: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(path).await
    }

    #[bounded(8, max_wait = 500)]
    async fn six(&self, path: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(path).await
    }

    #[bounded(8, queue = -1)]
    async fn seven(&self, path: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(path).await
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let exports = Exports { most: 5, idle: Duration::from_secs(60) };
    let at = "a.csv";
    exports.one(at).await?;
    exports.two(at).await?;
    exports.three(at).await?;
    exports.four(at).await?;
    exports.five(at).await?;
    exports.six(at).await?;
    exports.seven(at).await?;
    Ok(())
}
