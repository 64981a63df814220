//! Policies on a part of a function.
use std::io;
use std::time::Duration;

use steadfast::{PolicyError, apply};

struct Client {
    patience: Duration,
    tries: u32,
}

impl Client {
    async fn get(&self, path: &str) -> io::Result<String> {
        tokio::task::yield_now().await;
        Ok(path.to_owned())
    }

    async fn pages(&self, paths: &[String]) -> io::Result<usize> {
        let mut length = 0;
        for path in paths {
            length += apply!(retry(on = any), timeout(attempt = self.patience); self.get(path)).await?.len();
        }
        Ok(length)
    }

    async fn each_form(&self, body: Vec<u8>) -> io::Result<usize> {
        let first = apply!(timeout(2s); self.get("a")).await?;
        let second = apply!(timeout(total = 5s); async {
            let first = self.get("a").await?;
            self.get(&first).await
        })
        .await?;
        let third = apply!(retry(on = any, attempts = self.tries), timeout(attempt = 1s, total = 10s), bounded(8); self.get("c")).await?;
        let fourth = apply!(bounded(8); async { 1_usize }).await;
        let fifth = apply!(timeout(1s, on_elapsed = 0); async { tokio::task::yield_now().await; 1_usize }).await;
        let sixth: Result<usize, PolicyError> = apply!(timeout(1s),; async { Ok(1) }).await;
        let seventh = apply!(retry(on = any); async { Ok::<_, io::Error>(body.clone()) }).await?;
        let eighth = apply!(retry; self.get("d")).await?;
        let future = apply!(timeout(1s); self.get("e"));
        let ninth = future.await?;
        let texts = [first, second, third, eighth, ninth];
        Ok(texts.iter().map(String::len).sum::<usize>() + fourth + fifth + sixth.unwrap_or(0) + seventh.len() + body.len())
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let client = Client { patience: Duration::from_secs(1), tries: 3 };
    assert_eq!(client.pages(&["ab".into(), "c".into()]).await?, 3);
    assert_eq!(client.each_form(vec![1]).await?, 10);
    let spawned = tokio::spawn(async { apply!(retry(on = any); async { Ok::<u32, io::Error>(1) }).await });
    assert_eq!(spawned.await.map_err(io::Error::other)??, 1);
    Ok(())
}
