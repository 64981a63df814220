use std::pin::Pin;
use std::task::{Context, Poll};

struct Reads;

impl Future for Reads {
    type Output = Vec<u8>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Vec<u8>> {
        Poll::Ready(std::fs::read("a").unwrap()) //~ blocking_in_poll
    }
}

struct Sleeps;

impl futures::Stream for Sleeps {
    type Item = ();

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<()>> {
        std::thread::sleep(LIMIT); //~ blocking_in_poll
        Poll::Ready(None)
    }
}

struct Offloads;

impl Future for Offloads {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let waker = cx.waker().clone();
        std::thread::spawn(move || {
            std::thread::sleep(LIMIT);
            waker.wake();
        });
        Poll::Pending
    }
}

struct Keeps;

impl Future for Keeps {
    type Output = Box<dyn Fn()>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Box<dyn Fn()>> {
        Poll::Ready(Box::new(|| std::thread::sleep(LIMIT)))
    }
}

fn poll_by_hand() {
    std::thread::sleep(LIMIT);
}

impl Queue {
    fn poll(&mut self) -> Option<u32> {
        std::thread::sleep(LIMIT);
        self.items.pop()
    }
}
