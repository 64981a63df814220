//! Functions that run elsewhere, block, yield, or must not be dropped.

use std::fs;
use std::io::Error;
use std::path::PathBuf;
use std::sync::Arc;

use steadfast::{blocking, cancel_unsafe, offload, stream};

/// Has rows.
#[derive(Debug)]
pub struct Table {
    /// All of them.
    rows: Vec<u32>,
}

impl Table {
    /// Makes one.
    ///
    /// # Errors
    ///
    /// If there is no such file.
    #[offload(limit = 4)]
    pub fn read(path: PathBuf, guard: Arc<u32>, _: u8, (first, _second): (u32, u32)) -> Result<Self, Error> {
        drop(guard);
        if path.as_os_str().is_empty() {
            return Ok(Self { rows: vec![first] });
        }
        let text = fs::read_to_string(path)?;
        Ok(Self { rows: vec![first, u32::try_from(text.len()).unwrap_or(0)] })
    }

    /// Sorts.
    #[offload(pool = "cpu")]
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.rows.sort_unstable();
        self
    }

    /// Sums up.
    #[offload]
    pub fn sum(self: Arc<Self>, mut add: u32) -> u32 {
        add = add.saturating_mul(2);
        self.rows.iter().fold(add, |sum, row| sum.saturating_add(*row))
    }

    /// Walks over them.
    #[stream]
    pub async fn walk(&self, step: usize, guard: Arc<u32>) -> u32 {
        drop(guard);
        for row in self.rows.iter().step_by(step) {
            yield_!(*row);
        }
    }

    /// Must not be dropped.
    #[cancel_unsafe]
    pub async fn push(&mut self, row: u32) -> usize {
        self.push_inner(row).await
    }

    /// Neither must this.
    #[cancel_unsafe(inherent)]
    async fn push_inner(&mut self, row: u32) -> usize {
        self.rows.push(take(row).await);
        self.rows.len()
    }

    /// Blocks.
    #[blocking]
    #[must_use]
    pub const fn first(&self) -> Option<u32> {
        self.last()
    }

    /// Blocks, too.
    #[blocking(inherent)]
    const fn last(&self) -> Option<u32> {
        match *self.rows.as_slice() {
            [.., last] => Some(last),
            [] => None,
        }
    }
}

/// Blocks.
///
/// # Errors
///
/// If there is no such file.
#[blocking]
pub fn load(path: &str) -> Result<String, Error> {
    fs::read_to_string(path)
}

/// Must not be dropped.
#[cancel_unsafe]
pub async fn take(row: u32) -> u32 {
    nothing_elsewhere().await;
    row
}

/// Returns nothing.
#[offload]
pub fn nothing_elsewhere() {}

/// Ends with an error.
#[stream]
pub async fn lines(path: PathBuf, fail: bool) -> Result<String, Error> {
    let text = tokio_free_read(path).await?;
    for line in text.lines() {
        if fail {
            return;
        }
        yield_!(Ok(line.to_owned()));
    }
}

/// Never ends.
#[stream]
pub async fn endless() -> Result<u32, Error> {
    loop {
        yield_!(Ok(1));
    }
}

/// Yields nothing but moments.
#[stream]
pub async fn moments(mut left: u32) {
    while let Some(rest) = left.checked_sub(1) {
        left = rest;
        yield_!();
    }
}

/// Reads on another thread.
#[offload]
fn tokio_free_read(path: PathBuf) -> Result<String, Error> {
    fs::read_to_string(path)
}
