#![deny(warnings)]
//! Writers that are finished, or finish by themselves.

use std::io::{BufWriter, Write};

use tokio::io::AsyncWriteExt;

#[steadfast::checked]
async fn of_std(bytes: Vec<u8>) -> std::io::Result<()> {
    let mut writer = BufWriter::new(bytes);
    writer.write_all(b"a")
}

#[steadfast::checked]
async fn flushed(file: tokio::fs::File) -> std::io::Result<()> {
    let mut writer = tokio::io::BufWriter::new(file);
    AsyncWriteExt::write_all(&mut writer, b"a").await?;
    AsyncWriteExt::flush(&mut writer).await
}

fn main() {}
