//! The future's value has to carry what the policies say.
use std::io;

use steadfast::apply;
use tokio::net::TcpStream;
use tokio::sync::oneshot;

#[derive(Debug)]
enum StoreError {
    Io(io::Error),
}

async fn load(address: &str) -> Result<TcpStream, StoreError> {
    TcpStream::connect(address).await.map_err(StoreError::Io)
}

async fn run(address: &str, done: oneshot::Receiver<u32>) -> Result<(), StoreError> {
    apply!(timeout(2s); load(address)).await?;
    apply!(retry; load(address)).await?;
    let _: () = apply!(timeout(2s); tokio::task::yield_now()).await;
    let _: usize = apply!(retry(on = any); async { address.len() }).await;
    let _ = apply!(bounded(8, reject); done).await;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), StoreError> {
    let (_sender, receiver) = oneshot::channel();
    run("localhost:80", receiver).await
}
