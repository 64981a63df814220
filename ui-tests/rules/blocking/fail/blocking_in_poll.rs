//! A future that blocks.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

struct Pause;

#[steadfast::checked]
impl Future for Pause {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        std::thread::sleep(Duration::from_millis(5));
        Poll::Ready(())
    }
}

fn main() {}
