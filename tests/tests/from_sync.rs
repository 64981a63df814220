//! `from_sync`: asynchronous code called from a thread that may block.

use std::cell::Cell;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use futures::FutureExt;
use steadfast::{PolicyErrorKind, from_sync};
use tokio::runtime::{Builder, Handle};
use tokio::time::sleep;

const SECOND: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(60);

async fn answer() -> u32 {
    sleep(Duration::from_millis(1)).await;
    42
}

fn message(panic: Box<dyn std::any::Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => {
            panic.downcast::<&str>().map_or_else(|_| String::new(), |message| (*message).to_owned())
        }
    }
}

#[test]
fn a_thread_without_a_runtime_gets_one_for_the_call() {
    assert_eq!(from_sync(answer(), LONG).unwrap(), 42);
    assert!(Handle::try_current().is_err(), "it is gone");
    assert_eq!(from_sync(answer(), LONG).unwrap(), 42, "and may come again");
}

#[test]
fn borrowed_and_local_futures_are_taken() {
    let text = "borrowed".to_owned();
    let local = Rc::new(Cell::new(0));
    let length = from_sync(
        async {
            let local = Rc::clone(&local);
            tokio::task::yield_now().await;
            local.set(text.len());
            text.len()
        },
        LONG,
    );
    assert_eq!((length.unwrap(), local.get()), (8, 8));
}

#[test]
fn the_time_limit_drops_the_future() {
    let dropped = Rc::new(());
    let held = Rc::clone(&dropped);
    let ended = from_sync(
        async move {
            std::future::pending::<()>().await;
            drop(held);
        },
        Duration::from_millis(5),
    );
    let error = ended.unwrap_err();
    assert_eq!((error.kind(), error.function()), (PolicyErrorKind::TimedOut, "steadfast::from_sync"));
    assert!(error.elapsed() >= Duration::from_millis(5));
    assert_eq!(Rc::strong_count(&dropped), 1);
}

#[test]
fn no_limit_is_a_long_one() {
    assert_eq!(from_sync(answer(), Duration::MAX).unwrap(), 42);
}

#[test]
fn a_panic_comes_through() {
    let panicked = catch_unwind(|| from_sync(async { panic!("inside") }, LONG));
    assert_eq!(message(panicked.unwrap_err()), "inside");
    assert_eq!(from_sync(answer(), LONG).unwrap(), 42);
}

const IN_ASYNC_CODE: &str = "`from_sync` was called in asynchronous code, where it would block a thread of the runtime: \
    `.await` the future instead, or put `#[offload]` on the synchronous function around it";

#[track_caller]
fn is_refused() {
    let refused = catch_unwind(|| from_sync(answer(), LONG));
    assert_eq!(message(refused.unwrap_err()), IN_ASYNC_CODE);
}

#[tokio::test]
async fn asynchronous_code_is_told_what_to_do_instead() {
    is_refused();
    tokio::spawn(async { is_refused() }).await.unwrap();
    tokio::task::LocalSet::new()
        .run_until(async {
            tokio::task::spawn_local(async { is_refused() }).await.unwrap();
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asynchronous_code_on_many_threads_too() {
    is_refused();
    tokio::spawn(async { is_refused() }).await.unwrap();
}

#[test]
fn the_caller_is_where_the_panic_points() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let line = std::sync::Arc::new(std::sync::Mutex::new(None));
    let seen = std::sync::Arc::clone(&line);
    let before = std::panic::take_hook();
    let this = thread_id();
    std::panic::set_hook(Box::new(move |info| {
        if thread_id() == this {
            *seen.lock().unwrap() = info.location().map(|location| location.file().to_owned());
        } else {
            before(info);
        }
    }));
    let refused = runtime.block_on(async { catch_unwind(AssertUnwindSafe(|| from_sync(answer(), LONG))) });
    assert!(refused.is_err());
    drop(std::panic::take_hook());
    assert!(line.lock().unwrap().as_deref().is_some_and(|file| file.ends_with("from_sync.rs")));
}

fn thread_id() -> std::thread::ThreadId {
    std::thread::current().id()
}

#[tokio::test]
async fn work_that_may_block_runs_it_on_its_own_runtime() {
    let here = Handle::current().id();
    let there = tokio::task::spawn_blocking(|| from_sync(async { Handle::current().id() }, LONG).unwrap());
    assert_eq!(there.await.unwrap(), here);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_was_given_up_may_block() {
    let answer = tokio::task::block_in_place(|| from_sync(answer(), LONG));
    assert_eq!(answer.unwrap(), 42);
}

#[test]
fn a_runtime_that_was_entered_is_used() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let _entered = runtime.enter();
    let task = from_sync(poll_fn(|_| Poll::Ready(tokio::spawn(answer()))), LONG).unwrap();
    assert_eq!(from_sync(task, LONG).unwrap().unwrap(), 42, "what it spawned lives on");
}

#[test]
fn what_it_spawned_ends_with_its_own_runtime() {
    let task = from_sync(poll_fn(|_| Poll::Ready(tokio::spawn(sleep(SECOND)))), LONG).unwrap();
    assert!(task.now_or_never().expect("it has ended").unwrap_err().is_cancelled());
}
