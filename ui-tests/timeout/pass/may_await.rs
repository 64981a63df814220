//! Bodies that may be interrupted although no `.await` can be seen, and bodies that are not written yet.
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use steadfast::{PolicyError, timeout};

macro_rules! wait_for {
    ($future:expr) => {
        $future.await
    };
}

#[timeout(1s)]
async fn through_a_macro() -> Result<u32, PolicyError> {
    Ok(wait_for!(async { 3 }))
}

#[timeout(1s)]
async fn through_select() -> Result<u32, PolicyError> {
    tokio::select! {
        _ = tokio::time::sleep(std::time::Duration::from_millis(1)) => Ok(1),
        () = std::future::pending() => Ok(2),
    }
}

#[timeout(1s)]
async fn through_join() -> Result<u32, PolicyError> {
    let (one, two) = tokio::join!(async { 1 }, async { 2 });
    Ok(one + two)
}

#[timeout(1s)]
async fn inside_a_known_macro() -> Result<String, PolicyError> {
    Ok(format!("{}", async { 3 }.await))
}

#[timeout(1s)]
async fn inside_a_block() -> Result<u32, PolicyError> {
    let job = async { std::future::ready(3_u32).await };
    Ok(wait_for!(job) + 1)
}

#[timeout(1s)]
async fn not_written_yet(path: &str) -> Result<u32, PolicyError> {
    let _ = path;
    todo!("read the file")
}

#[timeout(1s)]
async fn not_here_yet() -> Result<u32, PolicyError> {
    unimplemented!()
}

#[timeout(attempt = 1s)]
async fn for_ever() -> Result<u32, PolicyError> {
    loop {
        tokio::task::yield_now().await;
    }
}

struct Ticks(u32);

impl Future for Ticks {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u32> {
        self.0 += 1;
        context.waker().wake_by_ref();
        if self.0 > 3 { Poll::Ready(self.0) } else { Poll::Pending }
    }
}

/// The future is polled by hand, in a function that says so.
#[timeout(1s)]
async fn by_hand() -> Result<u32, PolicyError> {
    let mut ticks = Ticks(0);
    Ok(std::future::poll_fn(|context| Pin::new(&mut ticks).poll(context)).await)
}

/// A function that returns a future: the block is the body.
#[timeout(1s)]
fn boxed(path: &str) -> Pin<Box<dyn Future<Output = io::Result<usize>> + Send + '_>> {
    let length = path.len();
    Box::pin(async move {
        tokio::task::yield_now().await;
        Ok(length)
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(through_a_macro().await.unwrap(), 3);
    assert_eq!(through_select().await.unwrap(), 1);
    assert_eq!(through_join().await.unwrap(), 3);
    assert_eq!(inside_a_known_macro().await.unwrap(), "3");
    assert_eq!(inside_a_block().await.unwrap(), 4);
    assert_eq!(by_hand().await.unwrap(), 4);
    assert_eq!(boxed("abc").await.unwrap(), 3);
    let _ = (not_written_yet("a"), not_here_yet(), for_ever());
}
