//! No lint fires about the expansion.
#![deny(warnings, unused, missing_docs, unreachable_pub, unused_qualifications, let_underscore_drop)]
#![forbid(unsafe_code, unreachable_code)]

use std::io;

use steadfast::bounded;

/// Reads.
#[bounded(4, queue = 10)]
async fn read(mut left: u32, (first, _second): (u32, u32)) -> io::Result<u32> {
    while left > 0 {
        tokio::task::yield_now().await;
        left -= 1;
    }
    Ok(first)
}

/// Reads in one line.
#[bounded(2)]
async fn read_once() -> io::Result<u32> { read(1, (1, 2)).await }

/// Does nothing.
#[bounded(2)]
async fn nothing() {}

/// Is not written yet.
#[bounded(2)]
async fn not_written_yet() -> u32 {
    unimplemented!()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    #[expect(dead_code, reason = "the lint fires for it, and is expected")]
    #[bounded(2)]
    async fn unused() {}

    assert_eq!(read_once().await?, 1);
    nothing().await;
    drop(not_written_yet());
    Ok(())
}
