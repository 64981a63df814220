#![deny(warnings)]
//! Tasks that tell somebody, or have nothing to tell.

use std::convert::Infallible;
use std::io;

use tokio::task::JoinSet;

async fn serve() -> io::Result<()> {
    Ok(())
}

async fn log() {}

async fn pump() -> Result<Infallible, u8> {
    Err(1)
}

struct Pool;

impl Pool {
    fn spawn<F: Future>(&self, _: F) -> Result<(), u8> {
        Ok(())
    }
}

#[steadfast::checked]
async fn no_result() {
    tokio::spawn(log());
    let _ = tokio::spawn(async { log().await });
}

#[steadfast::checked]
async fn owned(set: &mut JoinSet<io::Result<()>>) {
    set.spawn(serve());
}

#[steadfast::checked]
async fn no_task(pool: Pool) -> u8 {
    let _ = pool.spawn(serve());
    pool.spawn(serve()).unwrap();
    1
}

#[steadfast::checked]
async fn kept() -> io::Result<()> {
    let task = tokio::spawn(pump());
    drop(task.await);
    tokio::spawn(serve()).await.unwrap()
}

fn main() {}
