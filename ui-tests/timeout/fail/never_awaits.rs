//! A body without an await point runs to its end in one poll, so the timer is never looked at.
use std::io;

use steadfast::{retry, timeout};

#[timeout(2s)]
async fn checksum(bytes: &[u8]) -> io::Result<u32> {
    let mut sum = 0_u32;
    for byte in bytes {
        sum = sum.rotate_left(3) ^ u32::from(*byte);
    }
    Ok(sum)
}

#[timeout(attempt = 100ms, total = 1s)]
#[retry(on = any)]
async fn read_config(path: &str) -> io::Result<String> {
    let text = std::fs::read_to_string(path)?;
    println!("{} bytes of configuration", text.len());
    Ok(text)
}

#[timeout(5s)]
async fn spawn_report(name: String) -> io::Result<()> {
    async fn write(name: String) {
        let _ = tokio::fs::write(&name, "done").await;
    }
    tokio::spawn(write(name));
    Ok(())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    println!("{}", checksum(b"abc").await?);
    println!("{}", read_config("service.toml").await?);
    spawn_report("report.txt".into()).await
}
