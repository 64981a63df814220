//! `#[offload]` beside `spawn_blocking`.

use std::future::poll_fn;
use std::hint::black_box;
use std::io;
use std::task::Poll;

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

/// How many calls are begun before the first is awaited.
const AT_ONCE: u64 = 100;

/// Begins all calls, then awaits each, so that neither thread waits for the other between two of them.
async fn at_once<F: Future<Output = io::Result<u64>>>(call: impl Fn(u64) -> F) -> io::Result<u64> {
    let mut calls: Vec<_> = (0..AT_ONCE).map(|input| Box::pin(call(input))).collect();
    let mut outcomes = Vec::with_capacity(calls.len());
    poll_fn(|cx| {
        outcomes.extend(calls.iter_mut().map(|call| call.as_mut().poll(cx)));
        Poll::Ready(())
    })
    .await;
    let mut sum = 0;
    for (call, outcome) in calls.into_iter().zip(outcomes) {
        sum += match outcome {
            Poll::Ready(outcome) => outcome?,
            Poll::Pending => call.await?,
        };
    }
    Ok(sum)
}

pub(super) fn family() -> Family {
    let (counted, few) = ((1_000, 5_000), (20, 100));
    let one = vec![
        Some(Way::new(counted, by_hand)),
        Some(Way::new(counted, on_the_blocking_pool)),
        Some(Way::new(counted, limited)),
    ];
    let many = vec![
        Some(Way::new(few, |_| at_once(by_hand))),
        Some(Way::new(few, |_| at_once(on_the_blocking_pool))),
        // With a limit of 8 the others do not begin.
        None,
    ];
    Family {
        name: "offload",
        title: "a call on another thread",
        columns: vec![
            Column::new("spawn_blocking"),
            Column::compared("#[offload]", &[0]),
            Column::compared("#[offload(limit = 8)]", &[0]),
        ],
        rows: vec![
            Row { allocations: false, ..Row::new("one after the other", one) },
            Row { allocations: false, pieces: AT_ONCE, ..Row::new("100 at once", many) },
        ],
    }
}
