//! A call that waits for a permit while its caller holds one: the chain stops at the limit, for ever.
use std::io;
use std::path::PathBuf;

use steadfast::bounded;

#[bounded(8)]
async fn size(path: PathBuf) -> io::Result<u64> {
    let mut total = 0;
    let mut entries = tokio::fs::read_dir(&path).await?;
    while let Some(entry) = entries.next_entry().await? {
        let data = entry.metadata().await?;
        total += if data.is_dir() { Box::pin(size(entry.path())).await? } else { data.len() };
    }
    Ok(total)
}

pub struct Crawler {
    depth: u32,
}

impl Crawler {
    #[bounded(2)]
    pub async fn crawl(&self, url: &str, depth: u32) -> usize {
        if depth == self.depth {
            return 1;
        }
        let inner = Box::pin(self.crawl(&format!("{url}/a"), depth + 1)).await;
        inner + 1
    }

    #[bounded(2)]
    pub async fn count(depth: u32) -> Self {
        if depth == 0 { Self { depth } } else { Box::pin(Self::count(depth - 1)).await }
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    println!("{}", size("/tmp".into()).await?);
    let crawler = Crawler::count(3).await;
    println!("{}", crawler.crawl("http://localhost", 0).await);
    Ok(())
}
