#![deny(warnings)]
//! What has the names of blocking calls and does not block: only types tell.

use std::io::{Cursor, Read, Write};
use std::time::Duration;

use tokio::fs::{self, File, OpenOptions};
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::sync::mpsc::Receiver;
use tokio::sync::{Barrier, Mutex, oneshot};
use tokio::time::sleep;

#[steadfast::checked]
async fn tokio_under_the_same_names(path: &str) -> std::io::Result<()> {
    let text = fs::read_to_string(path);
    let both = tokio::join!(fs::read(path), text);
    drop(both);
    let _file = File::open(path).await?;
    let mut options = OpenOptions::new();
    let opening = options.read(true).open(path);
    let _log = opening.await?;
    let _output = Command::new("ls").output().await?;
    let connecting = TcpStream::connect("127.0.0.1:1");
    let _ = tokio::time::timeout(Duration::from_secs(1), connecting).await;
    sleep(Duration::from_millis(0)).await;
    Ok(())
}

#[steadfast::checked]
async fn in_memory() -> std::io::Result<String> {
    let mut text = String::new();
    Cursor::new(b"text".to_vec()).read_to_string(&mut text)?;
    let mut bytes = Vec::new();
    bytes.write_all(b"text")?;
    writeln!(bytes, "more")?;
    (&b"text"[..]).read_to_string(&mut text)?;
    for line in text.lines() {
        let _ = line.len();
    }
    Ok(text)
}

#[steadfast::checked]
async fn generic<R: Read>(mut reader: R) -> std::io::Result<String> {
    let mut text = String::new();
    reader.read_to_string(&mut text)?;
    Ok(text)
}

struct Response;

impl Response {
    fn status(&self) -> u16 {
        200
    }

    fn wait(&self) -> u16 {
        1
    }

    fn spawn(&self) -> u16 {
        2
    }

    fn join(&self) -> u16 {
        3
    }

    fn recv(&self) -> u16 {
        4
    }

    fn lock(&self) -> u16 {
        5
    }

    fn block_on(&self, _: u16) -> u16 {
        6
    }

    fn send(&self, _: u16) {}
}

#[steadfast::checked(deny(std_lock_in_async, blocking_path_io))]
async fn of_another_type(response: &Response, table: &Table) -> u16 {
    response.send(response.lock());
    let sum = response.status() + response.wait() + response.spawn() + response.join();
    let found = table.exists();
    sum + response.recv() + response.block_on(u16::from(found))
}

struct Table;

impl Table {
    fn exists(&self) -> bool {
        true
    }
}

#[steadfast::checked]
async fn channels(sender: oneshot::Sender<u32>, mut receiver: Receiver<u32>, std_sender: std::sync::mpsc::Sender<u32>) {
    let _ = sender.send(5);
    let _ = std_sender.send(5);
    let _ = receiver.recv().await;
}

#[steadfast::checked(deny(std_lock_in_async))]
async fn locks(total: &Mutex<u32>, barrier: &Barrier) -> usize {
    *total.lock().await += 1;
    barrier.wait().await;
    vec!["a", "b"].join(", ").len()
}

#[steadfast::checked]
async fn own_functions(path: &str) -> usize {
    mod fs {
        pub fn read(path: &str) -> &str {
            path
        }
    }
    fs::read(path).len()
}

#[steadfast::checked]
async fn late_inference() -> Result<u64, std::num::ParseIntError> {
    let number = "5".parse()?;
    let found: Vec<u64> = vec![number];
    Ok(found.into_iter().sum())
}

fn is_send<T: Send>(value: T) -> T {
    value
}

#[tokio::main]
async fn main() {
    let _ = is_send(tokio_under_the_same_names("/nowhere")).await;
    assert_eq!(in_memory().await.unwrap(), "texttext");
    assert_eq!(generic(&b"a"[..]).await.unwrap(), "a");
    is_send(of_another_type(&Response, &Table)).await;
    let ((one, _), (sender, receiver), (std_sender, _receiver)) =
        (oneshot::channel(), tokio::sync::mpsc::channel(1), std::sync::mpsc::channel());
    drop(sender);
    channels(one, receiver, std_sender).await;
    locks(&Mutex::new(1), &Barrier::new(1)).await;
    assert_eq!(own_functions("abc").await, 3);
    assert_eq!(late_inference().await, Ok(5));
}
