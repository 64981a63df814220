//! `#[stream]`: an `async fn` that yields is a stream of what it yields.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::{FutureExt, StreamExt, TryStreamExt};
use steadfast::{Managed, Stream, stream};
use steadfast_tests::drop_at_every_await;
use tokio::time::{Instant, sleep};

#[path = "stream/shapes.rs"]
mod shapes;

const SECOND: Duration = Duration::from_secs(1);

#[stream]
async fn up_to(end: u32) -> u32 {
    for number in 0..end {
        yield_!(number);
    }
}

#[tokio::test]
async fn what_is_yielded_comes_out_in_order() {
    assert_eq!(up_to(4).collect::<Vec<_>>().await, [0, 1, 2, 3]);
    assert_eq!(up_to(0).collect::<Vec<_>>().await, [0_u32; 0]);
}

#[stream]
async fn ticks(started: Arc<AtomicUsize>) -> usize {
    for tick in 1..=3 {
        started.fetch_add(1, Ordering::SeqCst);
        sleep(SECOND).await;
        yield_!(tick);
    }
}

#[tokio::test(start_paused = true)]
async fn the_body_runs_only_as_far_as_somebody_asks() {
    let started = Arc::new(AtomicUsize::new(0));
    let at = Instant::now();
    let mut ticks = Box::pin(ticks(Arc::clone(&started)));
    assert_eq!(started.load(Ordering::SeqCst), 0, "not before the first poll");
    assert_eq!(ticks.next().await, Some(1));
    sleep(10 * SECOND).await;
    assert_eq!((started.load(Ordering::SeqCst), at.elapsed()), (1, 11 * SECOND));
    assert_eq!(ticks.next().await, Some(2));
    assert_eq!(ticks.next().await, Some(3));
    assert_eq!(ticks.next().await, None);
    assert_eq!(ticks.next().await, None, "and stays so");
}

#[stream]
async fn parsed(words: Vec<&'static str>) -> Result<u32, io::Error> {
    for word in words {
        let number: u32 = word.parse().map_err(io::Error::other)?;
        yield_!(Ok(number));
        if number == 9 {
            yield_!(Err(io::Error::other("nine")));
        }
    }
}

#[tokio::test]
async fn a_question_mark_gives_the_error_as_the_last_item() {
    let mut numbers = Box::pin(parsed(vec!["1", "x", "2"]));
    assert_eq!(numbers.try_next().await.unwrap(), Some(1));
    assert!(numbers.try_next().await.is_err());
    assert!(numbers.next().await.is_none());
}

#[tokio::test]
async fn an_error_that_is_yielded_ends_nothing() {
    let all: Vec<_> =
        parsed(vec!["9", "2"]).map(|item| item.map_err(|error| error.to_string())).collect().await;
    assert_eq!(all, [Ok(9), Err("nine".to_owned()), Ok(2)]);
}

#[derive(Debug, PartialEq)]
struct Wrapped(String);

impl From<io::Error> for Wrapped {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

#[stream]
async fn converted() -> Result<u32, Wrapped> {
    yield_!(Ok(1));
    Err(io::Error::other("converted"))?;
    Ok(())
}

#[tokio::test]
async fn errors_are_converted_and_a_last_ok_may_be_said() {
    let all: Vec<_> = converted().collect().await;
    assert_eq!(all, [Ok(1), Err(Wrapped("converted".to_owned()))]);
}

#[stream]
async fn returns(early: bool) -> u32 {
    yield_!(1);
    if early {
        return;
    }
    yield_!(2);
}

#[stream]
async fn returns_from_a_result(way: u8) -> io::Result<u8> {
    yield_!(Ok(way));
    let inner = |way: u8| {
        if way > 100 {
            return;
        }
        let _ = way;
    };
    inner(way);
    match way {
        1 => return,
        2 => return Ok(()),
        3 => return Err(io::Error::other("three")),
        _ => {}
    }
    if way == 4 {
        return;
    }
    yield_!(Ok(100));
}

#[tokio::test]
async fn a_return_ends_the_stream() {
    assert_eq!(returns(true).collect::<Vec<_>>().await, [1]);
    assert_eq!(returns(false).collect::<Vec<_>>().await, [1, 2]);
    for (way, expected) in [(1, 1), (2, 1), (3, 2), (4, 1), (5, 2)] {
        assert_eq!(returns_from_a_result(way).count().await, expected, "way {way}");
    }
    assert!(returns_from_a_result(3).try_collect::<Vec<_>>().await.is_err());
}

#[stream]
async fn selects(mut numbers: tokio::sync::mpsc::Receiver<u32>) -> Option<u32> {
    loop {
        tokio::select! {
            biased;
            Some(number) = numbers.recv() => yield_!(Some(number)),
            () = sleep(SECOND) => {
                yield_!(None);
                break;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_handlers_of_a_select_may_yield() {
    let (sender, receiver) = tokio::sync::mpsc::channel(4);
    sender.send(1).await.unwrap();
    sender.send(2).await.unwrap();
    assert_eq!(selects(receiver).collect::<Vec<_>>().await, [Some(1), Some(2), None]);
    assert!(sender.is_closed());
}

#[stream]
async fn reads_rows(rows: Arc<tokio::sync::Mutex<Vec<u32>>>, other: Arc<tokio::sync::Mutex<u32>>) -> u32 {
    let first = {
        let rows = rows.lock().await;
        rows[0]
    };
    yield_!(first);
    let guard = other.lock().await;
    let second = *guard;
    drop(guard);
    yield_!(second);
}

#[stream(guards = allow)]
async fn holds_a_lock(rows: Arc<tokio::sync::Mutex<Vec<u32>>>) -> u32 {
    let rows = rows.lock().await;
    for row in &*rows {
        yield_!(*row);
    }
}

#[tokio::test]
async fn a_lock_that_is_let_go_before_or_meant_is_fine() {
    let rows = Arc::new(tokio::sync::Mutex::new(vec![1, 2]));
    assert_eq!(
        reads_rows(Arc::clone(&rows), Arc::new(tokio::sync::Mutex::new(7))).collect::<Vec<_>>().await,
        [1, 7]
    );
    let mut held = Box::pin(holds_a_lock(Arc::clone(&rows)));
    assert_eq!(held.next().await, Some(1));
    assert!(rows.try_lock().is_err());
    drop(held);
    assert!(rows.try_lock().is_ok());
}

#[stream]
async fn with_a_resource(log: Arc<Mutex<Vec<&'static str>>>) -> u8 {
    let resource = Managed::new(log, async |log: Arc<Mutex<Vec<&'static str>>>| {
        sleep(SECOND).await;
        log.lock().unwrap().push("released");
        io::Result::Ok(())
    });
    resource.lock().unwrap().push("first");
    yield_!(1);
    resource.lock().unwrap().push("second");
    yield_!(2);
    let _ = resource.release().await;
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_dropped_between_two_items_drops_what_it_holds() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let mut items = Box::pin(with_a_resource(Arc::clone(&log)));
    assert_eq!(items.next().await, Some(1));
    drop(items);
    sleep(2 * SECOND).await;
    assert_eq!(std::mem::take(&mut *log.lock().unwrap()), ["first", "released"]);

    assert_eq!(with_a_resource(Arc::clone(&log)).count().await, 2);
    assert_eq!(*log.lock().unwrap(), ["first", "second", "released"]);
}

#[test]
fn a_consumer_that_is_dropped_anywhere_drops_the_body_with_it() {
    let held = Arc::new(AtomicUsize::new(0));
    let make = || async {
        let items = ticks(Arc::clone(&held)).collect::<Vec<_>>();
        items.await
    };
    let polls = drop_at_every_await(make, |polls, all| {
        assert_eq!(Arc::strong_count(&held), 1, "after {polls} polls");
        assert!(all.is_none_or(|all| all == [1, 2, 3]));
    });
    assert_eq!(polls, 4);
}

#[stream]
async fn panics() -> u8 {
    yield_!(1);
    panic!("in the body");
}

#[tokio::test]
async fn a_panic_of_the_body_passes_through() {
    let mut items = Box::pin(panics());
    assert_eq!(items.next().await, Some(1));
    let panic = std::panic::AssertUnwindSafe(items.next()).catch_unwind().await.unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"in the body"));
}

#[test]
fn a_stream_crosses_threads_if_its_body_does() {
    fn is_send<T: Stream + Send>(_: &T) {}
    is_send(&up_to(1));
    is_send(&parsed(Vec::new()));
}

#[tokio::test]
async fn streams_yield_what_other_streams_give() {
    #[stream]
    async fn doubled(numbers: impl Stream<Item = u32>) -> u32 {
        let mut numbers = std::pin::pin!(numbers);
        while let Some(number) = numbers.next().await {
            yield_!(number);
            yield_!(number);
        }
    }
    assert_eq!(doubled(up_to(2)).collect::<Vec<_>>().await, [0, 0, 1, 1]);
}
