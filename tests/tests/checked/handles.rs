//! Files, sockets, processes, paths and streams, used as they should be.

use std::io;
use std::path::{Path, PathBuf};

use steadfast::checked;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, BufWriter};
use tokio::sync::{Notify, broadcast, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::{other, send};

#[checked(__ask_everything)]
async fn a_file(path: &Path) -> io::Result<usize> {
    let mut file = tokio::fs::File::open(path).await?;
    let mut text = String::new();
    let count = file.read_to_string(&mut text).await?;
    Ok(count)
}

#[checked(__ask_everything)]
async fn lines(text: &str) -> io::Result<usize> {
    let mut lines = BufReader::new(text.as_bytes()).lines();
    let mut count = 0;
    while let Some(line) = lines.next_line().await? {
        count += line.len();
    }
    Ok(count)
}

#[checked(__ask_everything)]
async fn written<W: AsyncWrite + Unpin>(writer: W) -> io::Result<()> {
    let mut writer = BufWriter::new(writer);
    writer.write_all(b"abc").await?;
    writer.flush().await
}

#[checked(__ask_everything)]
async fn copied<R: AsyncRead + Unpin>(reader: &mut R) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut limited = reader.take(10);
    limited.read_to_end(&mut bytes).await?;
    Ok(bytes)
}

#[checked(__ask_everything)]
async fn paths(base: &Path) -> PathBuf {
    let name = base.file_name().unwrap_or_default();
    let joined = base.join(name);
    let parent = joined.parent();
    other().await;
    parent.map(Path::to_path_buf).unwrap_or_default()
}

#[checked(__ask_everything)]
async fn a_broadcast() -> u8 {
    let (sender, mut receiver) = broadcast::channel(4);
    let sent = sender.send(3).unwrap_or_default();
    let number = receiver.recv().await.unwrap_or_default();
    drop(sender);
    number + u8::try_from(sent).unwrap_or_default()
}

#[checked(__ask_everything)]
async fn a_token() -> bool {
    let token = CancellationToken::new();
    let child = token.child_token();
    let guard = token.drop_guard();
    other().await;
    drop(guard);
    child.is_cancelled()
}

#[checked(__ask_everything)]
async fn a_tracker() -> usize {
    let tracker = TaskTracker::new();
    let task = tracker.spawn(async {
        let number = 1;
        other().await;
        number
    });
    tracker.close();
    tracker.wait().await;
    let number = task.await.unwrap();
    tracker.len() + number
}

#[checked(__ask_everything)]
async fn notified() -> bool {
    let notify = Notify::new();
    let waiting = notify.notified();
    notify.notify_one();
    waiting.await;
    true
}

#[checked(__ask_everything)]
async fn a_reserved_place() -> Option<u8> {
    let (sender, mut receiver) = mpsc::channel(1);
    let place = sender.reserve().await.ok()?;
    place.send(3);
    receiver.recv().await
}

#[checked(__ask_everything)]
async fn an_abort_handle() -> bool {
    let task = tokio::spawn(std::future::pending::<()>());
    let handle = task.abort_handle();
    handle.abort();
    let joined = task.await;
    joined.is_err_and(|error| error.is_cancelled())
}

#[checked(__ask_everything)]
async fn a_thread() -> u8 {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let thread = std::thread::spawn(move || {
        let number = 3;
        sender.send(number)
    });
    let number = receiver.await.unwrap_or_default();
    let finished = tokio::task::spawn_blocking(move || thread.join()).await;
    drop(finished);
    number
}

#[checked(__ask_everything)]
async fn an_interval() -> u8 {
    let mut interval = tokio::time::interval(std::time::Duration::from_millis(1));
    let mut ticks = 0;
    for _ in 0..2 {
        interval.tick().await;
        ticks += 1;
    }
    ticks
}

#[checked(__ask_everything)]
async fn the_current_runtime() -> usize {
    let handle = tokio::runtime::Handle::current();
    let metrics = handle.metrics();
    let task = handle.spawn(other());
    task.await.unwrap();
    metrics.num_workers()
}

#[tokio::test]
async fn all_of_them_run() {
    assert!(send(a_file(Path::new("Cargo.toml"))).await.unwrap() > 0);
    assert_eq!(send(lines("a\nbc")).await.unwrap(), 3);
    send(written(Vec::new())).await.unwrap();
    assert_eq!(send(copied(&mut &b"ab"[..])).await.unwrap(), b"ab");
    assert_eq!(send(paths(Path::new("a/b"))).await, Path::new("a/b"));
    assert_eq!(send(a_broadcast()).await, 4);
    assert!(send(a_token()).await);
    assert_eq!(send(a_tracker()).await, 1);
    assert!(send(notified()).await);
    assert_eq!(send(a_reserved_place()).await, Some(3));
    assert!(send(an_abort_handle()).await);
    assert_eq!(send(a_thread()).await, 3);
    assert_eq!(send(an_interval()).await, 2);
    assert_eq!(send(the_current_runtime()).await, 1);
}
