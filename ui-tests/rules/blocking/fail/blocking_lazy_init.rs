//! Cells that are filled by `block_on`.

use std::sync::OnceLock;

static ANSWER: OnceLock<u32> = OnceLock::new();

#[steadfast::checked]
async fn answer(handle: tokio::runtime::Handle) -> u32 {
    *ANSWER.get_or_init(|| handle.block_on(async { 42 }))
}

fn main() {}
