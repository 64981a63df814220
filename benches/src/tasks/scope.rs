//! A scope with some children, beside what else waits for tasks.

use std::hint::black_box;
use std::io;

use tokio::task::JoinSet;
use tokio_util::task::TaskTracker;

use super::{Column, Family, Row, Way};
use crate::body::{Body, Ready, Suspends};

/// How many children the scopes have.
const CHILDREN: [u64; 4] = [1, 8, 100, 1000];

/// Spawned, kept, and awaited in turn. Whoever leaves early leaves the others running.
pub(super) async fn by_hand<B: Body>(children: u64) -> io::Result<u64> {
    let tasks: Vec<_> = (0..children).map(|input| tokio::spawn(B::run(input))).collect();
    let mut sum = 0;
    for task in tasks {
        sum += task.await.map_err(io::Error::other)??;
    }
    Ok(sum)
}

/// Dropped early, it aborts what is left.
async fn join_set<B: Body>(children: u64) -> io::Result<u64> {
    let mut tasks = JoinSet::new();
    for input in 0..children {
        tasks.spawn(B::run(input));
    }
    let mut sum = 0;
    while let Some(joined) = tasks.join_next().await {
        sum += joined.map_err(io::Error::other)??;
    }
    Ok(sum)
}

/// What the tasks return is lost.
async fn task_tracker<B: Body>(children: u64) -> io::Result<u64> {
    let tasks = TaskTracker::new();
    for input in 0..children {
        tasks.spawn(B::run(input));
    }
    tasks.close();
    tasks.wait().await;
    Ok(children)
}

async fn discarded<B: Body>(children: u64) -> io::Result<u64> {
    let ended = steadfast::scope(async |scope| {
        for input in 0..children {
            scope.spawn(B::run(input));
        }
        Ok::<_, io::Error>(children)
    });
    ended.await.map_err(io::Error::other)
}

async fn awaited<B: Body>(children: u64) -> io::Result<u64> {
    let ended = steadfast::scope(async |scope| {
        let tasks: Vec<_> = (0..children).map(|input| scope.spawn(B::run(input))).collect();
        let mut sum = 0;
        for task in tasks {
            sum += task.await.map_err(io::Error::other)??;
        }
        Ok::<_, io::Error>(sum)
    });
    ended.await.map_err(io::Error::other)
}

fn rows<B: Body>() -> Vec<Row> {
    let row = |children: u64| {
        // So many children in all that a count repeats to a fraction of an instruction per child.
        let counted = (2_000 / children.max(10), 6_000 / children.max(10));
        // A constant here would let the compiler unroll what no service can.
        let ways = vec![
            Some(Way::new(counted, move |_| by_hand::<B>(black_box(children)))),
            Some(Way::new(counted, move |_| join_set::<B>(black_box(children)))),
            Some(Way::new(counted, move |_| task_tracker::<B>(black_box(children)))),
            Some(Way::new(counted, move |_| discarded::<B>(black_box(children)))),
            Some(Way::new(counted, move |_| awaited::<B>(black_box(children)))),
        ];
        let name = if children == 1 { "1 child".to_owned() } else { format!("{children} children") };
        Row { allocations: children >= CHILDREN[2], ..Row::new(name, ways) }
    };
    let mut rows: Vec<Row> = CHILDREN.into_iter().map(row).collect();
    let more = Row {
        pieces: CHILDREN[3] - CHILDREN[2],
        difference: Some((3, 2)),
        ..Row::new("each child more", Vec::new())
    };
    rows.push(more);
    rows
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("spawn, and await each"),
        Column::new("JoinSet"),
        Column::new("TaskTracker"),
        Column::compared("scope, handles dropped", &[0, 1, 2]),
        Column::compared("scope, handles awaited", &[0, 1]),
    ]
}

pub(super) fn families() -> Vec<Family> {
    vec![
        Family {
            name: "scope",
            title: "a scope whose children are ready at once",
            columns: columns(),
            rows: rows::<Ready>(),
        },
        Family {
            name: "scope",
            title: "a scope whose children are pending once",
            columns: columns(),
            rows: rows::<Suspends>(),
        },
    ]
}
