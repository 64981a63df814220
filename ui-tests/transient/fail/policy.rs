//! The variant that carries what policies raise.
use std::io;

use steadfast::{PolicyError, Transient, timeout};

#[derive(Debug, Transient)]
enum Pair {
    #[policy]
    Policy(PolicyError, u32),
    Io(io::ErrorKind),
}

#[derive(Debug, Transient)]
enum Unit {
    #[policy]
    Policy,
    Io(io::ErrorKind),
}

#[derive(Debug, Transient)]
enum Twice {
    #[policy]
    TimedOut(PolicyError),
    #[policy]
    Full(PolicyError),
}

#[derive(Debug, Transient)]
enum Both {
    #[policy]
    #[transient]
    Policy(PolicyError),
    #[policy]
    #[policy]
    Again(PolicyError),
}

#[derive(Debug, Transient)]
enum Arguments {
    #[policy(retry)]
    Policy(PolicyError),
}

#[timeout(1s)]
async fn read(path: &str) -> Result<Vec<u8>, Pair> {
    tokio::fs::read(path).await.map_err(|error| Pair::Io(error.kind()))
}

#[tokio::main]
async fn main() {
    println!("{:?}", read("a.txt").await);
}
