//! The last bytes stay in the buffer.

use tokio::fs::File;
use tokio::io::{AsyncWriteExt, BufWriter};

#[steadfast::checked]
async fn certain(file: File) -> std::io::Result<()> {
    let mut writer = tokio::io::BufWriter::new(file);
    writer.write_all(b"a").await?;
    Ok(())
}

#[steadfast::checked]
async fn asked(file: File) -> std::io::Result<()> {
    let mut writer = BufWriter::new(file);
    writer.write_all(b"a").await?;
    Ok(())
}

fn main() {}
