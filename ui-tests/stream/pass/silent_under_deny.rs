//! No lint fires about the expansion.
#![deny(warnings, unused, missing_docs, unreachable_pub, unused_qualifications, let_underscore_drop)]
#![forbid(unsafe_code, unreachable_code)]

use std::io;

use steadfast::{Stream, stream};

/// Counts.
#[stream]
pub async fn count(mut left: u32, (step, _unused): (u32, u32)) -> u32 {
    while left > 0 {
        yield_!(left);
        left = left.saturating_sub(step);
    }
}

/// Counts for ever.
#[stream]
pub async fn endless() -> io::Result<u32> {
    loop {
        yield_!(Ok(1));
        tokio::task::yield_now().await;
    }
}

/// Fails.
#[stream]
pub async fn fails(fail: bool) -> io::Result<u32> {
    if fail {
        Err(io::Error::other("asked for"))?;
        return;
    }
    yield_!(Ok(1));
    Ok(())
}

async fn first<T>(items: impl Stream<Item = T>) -> Option<T> {
    let mut items = std::pin::pin!(items);
    std::future::poll_fn(|cx| items.as_mut().poll_next(cx)).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    #[expect(dead_code, reason = "the lint fires for it, and is expected")]
    #[stream]
    async fn unused() -> u8 {
        yield_!(1);
    }

    assert_eq!(first(count(3, (1, 0))).await, Some(3));
    assert!(first(endless()).await.is_some_and(|item| item.is_ok()));
    assert!(first(fails(true)).await.is_some_and(|item| item.is_err()));
}
