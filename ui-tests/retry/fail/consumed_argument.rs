//! The body takes an argument that cannot be cloned for the next attempt.
use std::io;

use steadfast::retry;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::oneshot;

struct Upload {
    name: String,
    bytes: Vec<u8>,
}

async fn send(upload: Upload, stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(upload.name.as_bytes()).await?;
    stream.write_all(&upload.bytes).await
}

#[retry(on = any)]
async fn store(upload: Upload, stream: &mut TcpStream) -> io::Result<()> {
    send(upload, stream).await
}

#[retry(on = any)]
async fn greet(name: impl Into<String>, stream: &mut TcpStream) -> io::Result<()> {
    let name: String = name.into();
    stream.write_all(name.as_bytes()).await
}

#[retry(on = any)]
async fn run(job: Box<dyn FnOnce() -> Vec<u8> + Send>, stream: &mut TcpStream) -> io::Result<()> {
    let bytes = job();
    stream.write_all(&bytes).await
}

#[retry(on = any)]
async fn answer(value: u32, reply: oneshot::Sender<u32>) -> Result<(), u32> {
    tokio::task::yield_now().await;
    reply.send(value)
}

impl Upload {
    #[retry(on = any)]
    async fn finish(self, stream: &mut TcpStream) -> io::Result<()> {
        send(self, stream).await
    }
}

#[retry(on = any)]
async fn pair((first, second): (Upload, Upload), stream: &mut TcpStream) -> io::Result<()> {
    send(first, stream).await?;
    send(second, stream).await
}

fn upload(name: &str) -> Upload {
    Upload { name: name.into(), bytes: Vec::new() }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let mut stream = TcpStream::connect("localhost:80").await?;
    store(upload("a"), &mut stream).await?;
    greet("ada", &mut stream).await?;
    run(Box::new(Vec::new), &mut stream).await?;
    let (reply, _) = oneshot::channel();
    let _ = answer(3, reply).await;
    upload("b").finish(&mut stream).await?;
    pair((upload("c"), upload("d")), &mut stream).await
}
