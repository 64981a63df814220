//! None, two, and one that is no number of calls.
use steadfast::{Bulkhead, bounded};

struct Images {
    limit: Bulkhead,
}

impl Images {
    #[bounded]
    async fn one(&self, path: &str) -> Vec<u8> {
        tokio::fs::read(path).await.unwrap_or_default()
    }

    #[bounded(queue = 100)]
    async fn two(&self, path: &str) -> std::io::Result<Vec<u8>> {
        tokio::fs::read(path).await
    }

    #[bounded(4, 8)]
    async fn three(&self, path: &str) -> Vec<u8> {
        tokio::fs::read(path).await.unwrap_or_default()
    }

    #[bounded(4, by = self.limit)]
    async fn four(&self, path: &str) -> Vec<u8> {
        tokio::fs::read(path).await.unwrap_or_default()
    }

    #[bounded(by = self.limit, key = path)]
    async fn five(&self, path: &str) -> Vec<u8> {
        tokio::fs::read(path).await.unwrap_or_default()
    }

    #[bounded(9_000_000_000_000_000_000)]
    async fn six(&self, path: &str) -> Vec<u8> {
        tokio::fs::read(path).await.unwrap_or_default()
    }

    #[bounded("8")]
    async fn seven(&self, path: &str) -> Vec<u8> {
        tokio::fs::read(path).await.unwrap_or_default()
    }

    #[bounded(-8)]
    async fn eight(&self, path: &str) -> Vec<u8> {
        tokio::fs::read(path).await.unwrap_or_default()
    }

    #[bounded(0.5)]
    async fn nine(&self, path: &str) -> Vec<u8> {
        tokio::fs::read(path).await.unwrap_or_default()
    }

    #[bounded(8s)]
    async fn ten(&self, path: &str) -> Vec<u8> {
        tokio::fs::read(path).await.unwrap_or_default()
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let images = Images { limit: Bulkhead::new(8) };
    let at = "a.png";
    let first = [images.one(at).await, images.two(at).await?, images.three(at).await, images.four(at).await];
    let second = [images.five(at).await, images.six(at).await, images.seven(at).await, images.eight(at).await];
    let third = [images.nine(at).await, images.ten(at).await];
    println!("{} {} {}", first.len(), second.len(), third.len());
    Ok(())
}
