//! A pause in front of nothing.

use std::io;
use std::time::Duration;

async fn load() -> io::Result<u8> {
    Ok(1)
}

#[steadfast::checked(deny(sleep_after_last_attempt))]
async fn certain() -> Option<u8> {
    for _ in 0..5 {
        match load().await {
            Ok(data) => return Some(data),
            Err(error) => {
                println!("{error}");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
    None
}

fn main() {}
