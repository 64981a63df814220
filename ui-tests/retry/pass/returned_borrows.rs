//! Borrows that may be returned: of what is shared, of another argument, and of nothing.
use std::io;

use steadfast::retry;

struct Cache {
    names: Vec<String>,
}

impl Cache {
    #[retry(on = any)]
    async fn first(&self) -> io::Result<&str> {
        tokio::task::yield_now().await;
        Ok(&self.names[0])
    }

    #[retry(on = any)]
    async fn kind(&mut self) -> io::Result<&'static str> {
        self.names.push("b".into());
        Ok("cache")
    }

    #[retry(on = any)]
    async fn find<'a>(&mut self, names: &'a [String]) -> io::Result<&'a str> {
        self.names.clear();
        Ok(&names[0])
    }

    #[retry(on = any)]
    async fn owned(&mut self) -> io::Result<String> {
        Ok(self.names.remove(0))
    }

    #[retry(on = any)]
    async fn shared_beside_exclusive<'a>(&'a self, other: &mut Vec<String>) -> io::Result<&'a str> {
        other.push(self.names[0].clone());
        Ok(&self.names[0])
    }

    #[retry(on = any)]
    async fn elided_from_shared(&self, other: &mut Vec<String>) -> io::Result<&str> {
        other.push(self.names[0].clone());
        Ok(&self.names[0])
    }
}

#[retry(on = any)]
async fn callback(names: &mut Vec<String>) -> io::Result<fn(&str) -> &str> {
    names.push("c".into());
    Ok(str::trim)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let mut cache = Cache { names: vec!["a".into()] };
    let others = vec!["z".to_owned()];
    assert_eq!(cache.first().await?, "a");
    assert_eq!(cache.kind().await?, "cache");
    assert_eq!(cache.owned().await?, "a");
    assert_eq!(cache.elided_from_shared(&mut Vec::new()).await?, "b");
    assert_eq!(cache.shared_beside_exclusive(&mut Vec::new()).await?, "b");
    assert_eq!(cache.find(&others).await?, "z");
    assert_eq!(callback(&mut Vec::new()).await?(" x "), "x");
    Ok(())
}
