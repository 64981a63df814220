//! No lint fires about the expansion.
#![deny(warnings, unused, missing_docs, unreachable_pub, unused_qualifications, let_underscore_drop)]
#![forbid(unsafe_code, unreachable_code)]

use std::io;

use steadfast::timeout;

/// Waits.
#[timeout(total = 2s, inherit = false)]
#[must_use = "it may be late"]
async fn wait(mut times: u32, (first, _second): (u32, u32)) -> io::Result<u32> {
    while times > 0 {
        tokio::task::yield_now().await;
        times -= 1;
    }
    Ok(first)
}

/// Waits in one line.
#[timeout(1s)]
async fn wait_once() -> io::Result<u32> { wait(1, (1, 2)).await }

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    #[expect(dead_code, reason = "the lint fires for it, and is expected")]
    #[timeout(1s)]
    async fn unused() -> io::Result<()> {
        tokio::task::yield_now().await;
        Ok(())
    }

    assert_eq!(wait_once().await?, 1);
    Ok(())
}
