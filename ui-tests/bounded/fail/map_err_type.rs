//! `map_err` makes the function's error out of a refusal.
use steadfast::{PolicyError, bounded};

#[derive(Debug)]
enum ImageError {
    Io(std::io::Error),
    Busy(PolicyError),
}

#[bounded(8, reject, map_err = ImageError::Io)]
async fn one(path: &str) -> Result<Vec<u8>, ImageError> {
    tokio::fs::read(path).await.map_err(ImageError::Io)
}

#[bounded(8, reject, map_err = |busy| busy.to_string())]
async fn two(path: &str) -> Result<Vec<u8>, ImageError> {
    tokio::fs::read(path).await.map_err(ImageError::Io)
}

#[bounded(8, reject, map_err = ImageError::Busy)]
async fn three(path: &str) -> Vec<u8> {
    tokio::fs::read(path).await.unwrap_or_default()
}

#[tokio::main]
async fn main() -> Result<(), ImageError> {
    println!("{:?}", [one("a.png").await?, two("a.png").await?, three("a.png").await]);
    Ok(())
}
