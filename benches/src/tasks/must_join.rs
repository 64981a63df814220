//! `#[must_join]` beside joining by hand.

use std::hint::black_box;
use std::io;

use steadfast::must_join;
use tokio::task::{JoinError, JoinSet};

use super::scope::by_hand;
use super::{Column, Family, Row, Way};
use crate::body::{Body, Ready, Suspends};

/// On every path that returns, all tasks have ended; dropped, they are aborted.
async fn in_full<B: Body>(tasks: u64) -> io::Result<u64> {
    let mut set = JoinSet::new();
    for input in 0..tasks {
        set.spawn(B::run(input));
    }
    let (mut sum, mut failed) = (0, None);
    while let Some(joined) = set.join_next().await {
        match flattened(joined) {
            Ok(value) => sum += value,
            Err(error) => {
                // The first error counts, and ends the others.
                if failed.is_none() {
                    failed = Some(error);
                    set.abort_all();
                }
            }
        }
    }
    failed.map_or(Ok(sum), Err)
}

fn flattened(joined: Result<io::Result<u64>, JoinError>) -> io::Result<u64> {
    match joined {
        Ok(outcome) => outcome,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(cancelled) => Err(io::Error::other(cancelled)),
        },
    }
}

#[must_join]
async fn discarded<B: Body>(tasks: u64) -> io::Result<u64> {
    for input in 0..tasks {
        tokio::spawn(B::run(input));
    }
    Ok(tasks)
}

#[must_join]
async fn awaited<B: Body>(tasks: u64) -> io::Result<u64> {
    let tasks: Vec<_> = (0..tasks).map(|input| tokio::spawn(B::run(input))).collect();
    let mut sum = 0;
    for task in tasks {
        sum += task.await.map_err(io::Error::other)??;
    }
    Ok(sum)
}

fn row<B: Body>(tasks: u64, how: &str) -> Row {
    let counted = (2_000 / tasks, 6_000 / tasks);
    let ways = vec![
        Some(Way::new(counted, move |_| by_hand::<B>(black_box(tasks)))),
        Some(Way::new(counted, move |_| in_full::<B>(black_box(tasks)))),
        Some(Way::new(counted, move |_| discarded::<B>(black_box(tasks)))),
        Some(Way::new(counted, move |_| awaited::<B>(black_box(tasks)))),
    ];
    let name = format!("{tasks} task{}, {how}", if tasks == 1 { "" } else { "s" });
    Row { allocations: tasks > 1, ..Row::new(name, ways) }
}

pub(super) fn family() -> Family {
    Family {
        name: "must_join",
        title: "a function whose tasks have ended when it returns",
        columns: vec![
            Column::new("spawn, and await each"),
            Column::new("by hand, on every path"),
            Column::compared("#[must_join], handles dropped", &[0, 1]),
            Column::compared("#[must_join], handles awaited", &[0, 1]),
        ],
        rows: vec![
            row::<Ready>(1, "ready at once"),
            row::<Ready>(8, "ready at once"),
            row::<Suspends>(1, "pending once"),
            row::<Suspends>(8, "pending once"),
        ],
    }
}
