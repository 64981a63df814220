//! Only the type tells that the stream has no futures of its own.

struct Pages(u8);

impl Pages {
    async fn next(&mut self) -> Option<u8> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
}

#[steadfast::checked(deny(stream_stalled_by_await))]
async fn own_type(mut pages: Pages) {
    while let Some(page) = pages.next().await {
        println!("{page}");
        tokio::task::yield_now().await;
    }
}

fn main() {}
