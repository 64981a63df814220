#![deny(warnings, missing_docs, unused, unreachable_pub)]
//! No lint about the expansion.

use std::path::PathBuf;
use std::sync::Arc;

use steadfast::offload;

/// A limit.
pub const LIMIT: usize = 4;

/// A store.
pub struct Store {
    rows: Vec<u32>,
}

impl Store {
    /// All rows.
    #[offload]
    pub fn rows(self: Arc<Self>, _unused: u8, _: u8) -> Vec<u32> {
        self.rows.clone()
    }

    /// A store.
    #[offload(pool = "cpu", limit = LIMIT)]
    #[must_use]
    pub fn of(mut rows: Vec<u32>) -> Self {
        rows.sort_unstable();
        Self { rows }
    }
}

/// Reads.
#[offload(pool = blocking, limit = 1)]
pub fn read(path: PathBuf) -> std::io::Result<String> {
    if path.as_os_str().is_empty() {
        return Ok(String::new());
    }
    std::fs::read_to_string(path)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let store = Arc::new(Store::of(vec![2, 1]).await);
    assert_eq!(store.rows(1, 2).await, [1, 2]);
    assert!(read(PathBuf::new()).await?.is_empty());
    Ok(())
}
