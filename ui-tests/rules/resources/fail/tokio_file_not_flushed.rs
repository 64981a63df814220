//! The last write may fail or come late.

use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;

#[steadfast::checked(deny(tokio_file_not_flushed))]
async fn certain() -> std::io::Result<()> {
    let mut file = tokio::fs::File::create("a").await?;
    file.write_all(b"a").await
}

#[steadfast::checked]
async fn asked() -> std::io::Result<()> {
    let mut file = File::create("a").await?;
    file.write_all(b"a").await
}

#[steadfast::checked]
async fn with_options() -> std::io::Result<()> {
    let mut file = OpenOptions::new().append(true).open("a").await?;
    file.write_all(b"a").await
}

fn main() {}
