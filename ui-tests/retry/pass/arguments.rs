//! Arguments that each attempt can have: nothing to report.
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use steadfast::retry;

#[derive(Clone)]
struct Upload {
    name: String,
    bytes: Vec<u8>,
}

/// Not `Clone`.
struct Token(String);

async fn send(upload: Upload) -> io::Result<usize> {
    tokio::task::yield_now().await;
    Ok(upload.bytes.len() + upload.name.len())
}

#[retry(on = any)]
async fn cloned(upload: Upload) -> io::Result<usize> {
    send(upload).await
}

#[retry(on = any)]
async fn only_read(token: Token) -> io::Result<usize> {
    tokio::task::yield_now().await;
    Ok(token.0.len())
}

#[retry(on = any)]
async fn borrowed(token: Token, path: impl AsRef<Path>) -> io::Result<usize> {
    tokio::task::yield_now().await;
    let length = path.as_ref().as_os_str().len();
    Ok(length + format!("{}", token.0).len())
}

#[retry(on = any)]
async fn cloned_generic(name: impl Into<String> + Clone) -> io::Result<usize> {
    let name: String = name.into();
    Ok(name.len())
}

#[retry(on = any)]
async fn shared(token: Arc<Token>) -> io::Result<usize> {
    let again = token;
    Ok(again.0.len())
}

#[retry(on = any)]
async fn called(read: impl Fn(&Path) -> usize, path: PathBuf) -> io::Result<usize> {
    Ok(read(&path))
}

#[retry(on = any)]
async fn mutable(mut left: Vec<u8>, extra: &mut Vec<u8>) -> io::Result<usize> {
    left.push(1);
    extra.push(2);
    Ok(left.len())
}

#[retry(on = any, borrow(token))]
async fn listed_as_borrowed(token: Token) -> io::Result<usize> {
    macro_rules! length {
        ($token:expr) => {
            $token.0.len()
        };
    }
    Ok(length!(token))
}

#[retry(on = any, clone(upload))]
async fn listed_as_cloned(upload: Upload) -> io::Result<usize> {
    Ok(upload.name.len())
}

impl Upload {
    #[retry(on = any)]
    async fn finish(self) -> io::Result<usize> {
        send(self).await
    }
}

impl Token {
    #[retry(on = any)]
    async fn show(self) -> io::Result<usize> {
        Ok(self.0.len())
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let upload = Upload { name: "a".into(), bytes: vec![1] };
    let token = || Token("abc".into());
    assert_eq!(cloned(upload.clone()).await?, 2);
    assert_eq!(only_read(token()).await?, 3);
    assert_eq!(borrowed(token(), "ab").await?, 5);
    assert_eq!(cloned_generic("ab").await?, 2);
    assert_eq!(shared(Arc::new(token())).await?, 3);
    assert_eq!(called(|path| path.as_os_str().len(), "ab".into()).await?, 2);
    assert_eq!(mutable(vec![1], &mut vec![]).await?, 2);
    assert_eq!(listed_as_borrowed(token()).await?, 3);
    assert_eq!(listed_as_cloned(upload.clone()).await?, 1);
    assert_eq!(upload.finish().await?, 2);
    assert_eq!(token().show().await?, 3);
    Ok(())
}
