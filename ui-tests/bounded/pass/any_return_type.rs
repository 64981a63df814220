//! A `bounded` that only waits needs nothing of the return type.
use std::io;
use std::time::Duration;

use steadfast::{Bulkhead, bounded};

static UPLOADS: Bulkhead = Bulkhead::new(2);
const WORKERS: usize = 4;

struct Images {
    limit: Bulkhead,
    workers: usize,
}

impl Images {
    const WORKERS: usize = 4;

    #[bounded(8)]
    async fn nothing(&self) {
        tokio::task::yield_now().await;
    }

    #[bounded(WORKERS)]
    async fn option(&self) -> Option<u32> {
        Some(1)
    }

    #[bounded(Self::WORKERS)]
    async fn list(&self) -> Vec<u32> {
        vec![1]
    }

    #[bounded(self.workers)]
    async fn borrowed(&self) -> &usize {
        &self.workers
    }

    #[bounded(by = self.limit)]
    async fn exclusive(&mut self) -> u32 {
        1
    }

    #[bounded(by = UPLOADS)]
    async fn opaque(&self) -> impl Iterator<Item = u32> {
        0..3
    }

    #[bounded(by = limit)]
    async fn by_argument(&self, limit: &Bulkhead) -> u32 {
        u32::try_from(limit.limit()).unwrap_or(0)
    }

    /// A queue of no places refuses when all are busy; it is no mistake.
    #[bounded(8, queue = 0)]
    async fn no_queue(&self) -> io::Result<u32> {
        Ok(1)
    }

    #[bounded(8, queue = 100, max_wait = 500ms)]
    async fn queue(&self) -> io::Result<u32> {
        Ok(1)
    }

    #[bounded(8, reject)]
    async fn reject(&self) -> io::Result<u32> {
        Ok(1)
    }

    #[bounded(8, max_wait = self.patience(), queue = self.workers)]
    async fn expressions(&self) -> io::Result<u32> {
        Ok(1)
    }

    #[bounded(2, key = user, max_keys = 10_000, idle = 60s)]
    async fn keyed(&self, user: &str) -> usize {
        user.len()
    }

    #[bounded(2, key = (user.to_lowercase(), lang))]
    async fn keyed_by_a_pair(&self, user: String, lang: &str) -> usize {
        user.len() + lang.len()
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(5)
    }
}

#[bounded(1)]
async fn without_await(number: u32) -> u32 {
    number + 1
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let mut images = Images { limit: Bulkhead::new(2), workers: 3 };
    images.nothing().await;
    assert_eq!(images.option().await, Some(1));
    assert_eq!(images.list().await, [1]);
    assert_eq!(*images.borrowed().await, 3);
    assert_eq!(images.exclusive().await, 1);
    assert_eq!(images.opaque().await.count(), 3);
    assert_eq!(images.by_argument(&UPLOADS).await, 2);
    assert_eq!(images.no_queue().await? + images.queue().await? + images.reject().await?, 3);
    assert_eq!(images.expressions().await?, 1);
    assert_eq!(images.keyed("ada").await, 3);
    assert_eq!(images.keyed_by_a_pair("Ada".into(), "en").await, 5);
    assert_eq!(without_await(1).await, 2);
    Ok(())
}
