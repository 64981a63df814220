//! A retry that does not wait.

use std::io;

async fn load() -> io::Result<u8> {
    Ok(1)
}

#[steadfast::checked(deny(retry_without_pause))]
async fn certain() -> u8 {
    loop {
        match load().await {
            Ok(data) => return data,
            Err(error) => println!("{error}"),
        }
    }
}

#[steadfast::checked]
async fn a_warning() -> Option<u8> {
    for _ in 0..5 {
        if let Ok(data) = load().await {
            return Some(data);
        }
    }
    None
}

fn main() {}
