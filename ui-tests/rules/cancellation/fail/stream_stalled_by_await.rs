//! A buffered stream that stands still.

struct Pages;

struct Buffered;

impl Pages {
    fn buffer_unordered(self, _: usize) -> Buffered {
        Buffered
    }
}

impl Buffered {
    async fn next(&mut self) -> Option<u8> {
        None
    }
}

async fn store(_: u8) {}

#[steadfast::checked(deny(stream_stalled_by_await))]
async fn certain(pages: Pages) {
    let mut pages = pages.buffer_unordered(8);
    while let Some(page) = pages.next().await {
        store(page).await;
    }
}

fn main() {}
