//! Queues beside channels.

use std::hint::black_box;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use steadfast::queue::Item;
use steadfast::{LifoQueue, PriorityQueue, Queue};
use tokio::sync::{Mutex, Notify, mpsc};
use tokio::task::JoinSet;

use super::{Column, Family, Row, Way};

/// How many items a call moves.
const ITEMS: u64 = 1000;
/// Room for all of them.
const WIDE: usize = 1024;
/// So little that whoever puts waits for whoever takes.
const NARROW: usize = 8;
/// How many consume.
const WORKERS: usize = 4;

/// The same for a queue of any order.
macro_rules! queue {
    ($module:ident, $Queue:ident, $Priority:ty $(, $priority:expr)?) => {
        mod $module {
            use super::*;

            pub(super) async fn filled(items: u64) -> u64 {
                let queue = $Queue::new(WIDE);
                for input in 0..items {
                    queue.put(input $(, $priority(input))?).await.expect("not closed");
                }
                let mut sum = 0;
                for _ in 0..items {
                    sum += queue.get().await.expect("not empty").into_inner();
                }
                sum
            }

            pub(super) async fn passed(items: u64) -> u64 {
                let queue = $Queue::new(NARROW);
                let producer = tokio::spawn({
                    let queue = queue.clone();
                    async move {
                        for input in 0..items {
                            queue.put(input $(, $priority(input))?).await.expect("not closed");
                        }
                        queue.close();
                    }
                });
                let mut sum = 0;
                while let Ok(item) = queue.get().await {
                    sum += item.into_inner();
                }
                producer.await.expect("no panic");
                sum
            }

            pub(super) async fn worked(items: u64) -> u64 {
                let queue = $Queue::new(NARROW);
                let producer = tokio::spawn({
                    let queue = queue.clone();
                    async move {
                        for input in 0..items {
                            queue.put(input $(, $priority(input))?).await.expect("not closed");
                        }
                        queue.close();
                    }
                });
                let work = async |item: Item<u64, $Priority>| {
                    black_box(item.into_inner());
                    Ok::<(), io::Error>(())
                };
                queue.workers(WORKERS, work).await.expect("no error");
                producer.await.expect("no panic");
                items
            }
        }
    };
}

queue!(fifo, Queue, ());
queue!(lifo, LifoQueue, ());
queue!(priority, PriorityQueue, u64, |input| input % 16);

mod tokio_mpsc {
    use super::{Arc, JoinSet, Mutex, NARROW, WIDE, WORKERS, black_box, io, mpsc};

    pub(super) async fn filled(items: u64) -> u64 {
        let (sender, mut receiver) = mpsc::channel(WIDE);
        for input in 0..items {
            sender.send(input).await.expect("not closed");
        }
        let mut sum = 0;
        for _ in 0..items {
            sum += receiver.recv().await.expect("not empty");
        }
        sum
    }

    pub(super) async fn passed(items: u64) -> u64 {
        let (sender, mut receiver) = mpsc::channel(NARROW);
        let producer = tokio::spawn(async move {
            for input in 0..items {
                sender.send(input).await.expect("not closed");
            }
        });
        let mut sum = 0;
        while let Some(item) = receiver.recv().await {
            sum += item;
        }
        producer.await.expect("no panic");
        sum
    }

    /// There is one receiver, which the workers take in turn.
    pub(super) async fn worked(items: u64) -> u64 {
        let (sender, receiver) = mpsc::channel(NARROW);
        let producer = tokio::spawn(async move {
            for input in 0..items {
                sender.send(input).await.expect("not closed");
            }
        });
        let receiver = Arc::new(Mutex::new(receiver));
        let mut workers = JoinSet::new();
        for _ in 0..WORKERS {
            let receiver = Arc::clone(&receiver);
            workers.spawn(async move {
                loop {
                    let Some(item) = receiver.lock().await.recv().await else {
                        return Ok::<(), io::Error>(());
                    };
                    black_box(item);
                }
            });
        }
        while let Some(joined) = workers.join_next().await {
            joined.expect("no panic").expect("no error");
        }
        producer.await.expect("no panic");
        items
    }
}

/// The same, and somebody could wait until every item is done.
mod joined_mpsc {
    use super::{
        Arc, AtomicU64, JoinSet, Mutex, NARROW, Notify, Ordering, WIDE, WORKERS, black_box, io, mpsc,
    };

    #[derive(Default)]
    struct Unfinished {
        count: AtomicU64,
        all_done: Notify,
    }

    impl Unfinished {
        fn begin(&self) {
            self.count.fetch_add(1, Ordering::Relaxed);
        }

        fn done(&self) {
            if self.count.fetch_sub(1, Ordering::AcqRel) == 1 {
                self.all_done.notify_waiters();
            }
        }
    }

    pub(super) async fn filled(items: u64) -> u64 {
        let (sender, mut receiver) = mpsc::channel(WIDE);
        let unfinished = Unfinished::default();
        for input in 0..items {
            unfinished.begin();
            sender.send(input).await.expect("not closed");
        }
        let mut sum = 0;
        for _ in 0..items {
            sum += receiver.recv().await.expect("not empty");
            unfinished.done();
        }
        sum
    }

    pub(super) async fn passed(items: u64) -> u64 {
        let (sender, mut receiver) = mpsc::channel(NARROW);
        let unfinished = Arc::new(Unfinished::default());
        let producer = tokio::spawn({
            let unfinished = Arc::clone(&unfinished);
            async move {
                for input in 0..items {
                    unfinished.begin();
                    sender.send(input).await.expect("not closed");
                }
            }
        });
        let mut sum = 0;
        while let Some(item) = receiver.recv().await {
            sum += item;
            unfinished.done();
        }
        producer.await.expect("no panic");
        sum
    }

    pub(super) async fn worked(items: u64) -> u64 {
        let (sender, receiver) = mpsc::channel(NARROW);
        let unfinished = Arc::new(Unfinished::default());
        let producer = tokio::spawn({
            let unfinished = Arc::clone(&unfinished);
            async move {
                for input in 0..items {
                    unfinished.begin();
                    sender.send(input).await.expect("not closed");
                }
            }
        });
        let receiver = Arc::new(Mutex::new(receiver));
        let mut workers = JoinSet::new();
        for _ in 0..WORKERS {
            let (receiver, unfinished) = (Arc::clone(&receiver), Arc::clone(&unfinished));
            workers.spawn(async move {
                loop {
                    let Some(item) = receiver.lock().await.recv().await else {
                        return Ok::<(), io::Error>(());
                    };
                    black_box(item);
                    unfinished.done();
                }
            });
        }
        while let Some(joined) = workers.join_next().await {
            joined.expect("no panic").expect("no error");
        }
        producer.await.expect("no panic");
        items
    }
}

#[cfg(feature = "peers")]
mod async_channel {
    use super::{JoinSet, NARROW, WIDE, WORKERS, black_box, io};

    pub(super) async fn filled(items: u64) -> u64 {
        let (sender, receiver) = ::async_channel::bounded(WIDE);
        for input in 0..items {
            sender.send(input).await.expect("not closed");
        }
        let mut sum = 0;
        for _ in 0..items {
            sum += receiver.recv().await.expect("not empty");
        }
        sum
    }

    pub(super) async fn passed(items: u64) -> u64 {
        let (sender, receiver) = ::async_channel::bounded(NARROW);
        let producer = tokio::spawn(async move {
            for input in 0..items {
                sender.send(input).await.expect("not closed");
            }
        });
        let mut sum = 0;
        while let Ok(item) = receiver.recv().await {
            sum += item;
        }
        producer.await.expect("no panic");
        sum
    }

    pub(super) async fn worked(items: u64) -> u64 {
        let (sender, receiver) = ::async_channel::bounded(NARROW);
        let producer = tokio::spawn(async move {
            for input in 0..items {
                sender.send(input).await.expect("not closed");
            }
        });
        let mut workers = JoinSet::new();
        for _ in 0..WORKERS {
            let receiver = receiver.clone();
            workers.spawn(async move {
                while let Ok(item) = receiver.recv().await {
                    black_box(item);
                }
                Ok::<(), io::Error>(())
            });
        }
        while let Some(joined) = workers.join_next().await {
            joined.expect("no panic").expect("no error");
        }
        producer.await.expect("no panic");
        items
    }
}

/// One row: the same function of each.
macro_rules! row {
    ($name:literal, $function:ident) => {{
        let counted = (2, 6);
        let way = |way: Way| Some(way);
        #[cfg(feature = "peers")]
        let async_channel = way(Way::new(counted, |_| async_channel::$function(black_box(ITEMS))));
        #[cfg(not(feature = "peers"))]
        let async_channel = None;
        let ways = vec![
            way(Way::new(counted, |_| tokio_mpsc::$function(black_box(ITEMS)))),
            way(Way::new(counted, |_| joined_mpsc::$function(black_box(ITEMS)))),
            async_channel,
            way(Way::new(counted, |_| fifo::$function(black_box(ITEMS)))),
            way(Way::new(counted, |_| lifo::$function(black_box(ITEMS)))),
            way(Way::new(counted, |_| priority::$function(black_box(ITEMS)))),
        ];
        Row { pieces: ITEMS, ..Row::new($name, ways) }
    }};
}

pub(super) fn family() -> Family {
    Family {
        name: "queue",
        title: "an item that is put, taken and done",
        columns: vec![
            Column::new("mpsc"),
            Column::new("mpsc, and a count to join"),
            Column::new("async-channel"),
            Column::compared("Queue", &[0, 1, 2]),
            Column::compared("LifoQueue", &[0, 1, 2]),
            Column::compared("PriorityQueue", &[0, 1, 2]),
        ],
        rows: vec![
            row!("all put, then all taken", filled),
            row!("one puts and one takes, room for 8", passed),
            row!("one puts and 4 workers take, room for 8", worked),
        ],
    }
}
