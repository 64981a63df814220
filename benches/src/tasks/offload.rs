//! `#[offload]` beside `spawn_blocking`.

use std::hint::black_box;
use std::io;

use steadfast::offload;
use tokio::task::spawn_blocking;

use super::{Column, Family, Row, Way};

async fn by_hand(input: u64) -> io::Result<u64> {
    spawn_blocking(move || Ok(black_box(input))).await.map_err(io::Error::other)?
}

#[offload]
fn on_the_blocking_pool(input: u64) -> io::Result<u64> {
    Ok(black_box(input))
}

#[offload(limit = 8)]
fn limited(input: u64) -> io::Result<u64> {
    Ok(black_box(input))
}

pub(super) fn family() -> Family {
    let counted = (1_000, 5_000);
    let one = vec![
        Some(Way::new(counted, by_hand)),
        Some(Way::new(counted, on_the_blocking_pool)),
        Some(Way::new(counted, limited)),
    ];
    Family {
        name: "offload",
        title: "a call on another thread",
        columns: vec![
            Column::new("spawn_blocking"),
            Column::compared("#[offload]", &[0]),
            Column::compared("#[offload(limit = 8)]", &[0]),
        ],
        rows: vec![Row { allocations: false, ..Row::new("one after the other", one) }],
    }
}
