//! What `#[must_join]` and `#[shield]` expand to, by hand: every way out waits for the tasks, and no failure is lost or told
//! twice.

use std::future::pending;
use std::io;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::FutureExt;
use steadfast::__private::must_join::{
    Failure, Options, Returned, discarded, join, join_all, spawn, spawn_blocking, spawn_local,
};
use steadfast::__private::{Root, Site, shield};
use steadfast::{Scope, TaskHandle, deadline, scope};
use steadfast_tests::{Alive, Guard, poll_at_most, secs, timed};
use tokio::task::yield_now;
use tokio::time::sleep;

static SITE: Site = Site::new("site");
const SECOND: Duration = secs(1);
const OPTIONS: Options = Options::new();

async fn second(guard: Guard) {
    sleep(SECOND).await;
    drop(guard);
}

async fn forever(guard: Guard) {
    let _guard = guard;
    pending::<()>().await;
}

async fn fails(after: u32, text: &'static str) -> io::Result<()> {
    sleep(SECOND * after).await;
    Err(io::Error::other(text))
}

/// As the attribute has it in a function that returns no `Result`.
const fn never_fails<T>(_: &T) -> bool {
    false
}

/// As the attribute has it in a function that returns `io::Result<T>`.
async fn called<T>(options: Options, body: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    match join(&SITE, options, Result::is_err, body).await {
        Ok(value) => value,
        Err(failure) => Returned::<io::Result<()>>::new().end(failure),
    }
}

fn or_fail<T: 'static>(handle: TaskHandle<io::Result<T>>) {
    discarded(handle).or_fail(Returned::<io::Result<()>>::new().error());
}

async fn panic_of<F: Future>(work: F) -> String {
    let Err(payload) = AssertUnwindSafe(work).catch_unwind().await else { panic!("it did not panic") };
    (*payload.downcast::<&str>().expect("text")).to_owned()
}

async fn panics(text: &'static str) {
    yield_now().await;
    std::panic::panic_any(text)
}

#[tokio::test(start_paused = true)]
async fn every_task_is_waited_for_nested_ones_too() {
    let alive = Alive::default();
    let (value, took) = timed(join_all(&SITE, OPTIONS, never_fails, async {
        discarded(spawn(second(alive.guard()))).or_fail(Returned::<u32>::new().error());
        let guard = alive.guard();
        drop(spawn(async move {
            sleep(SECOND).await;
            drop(spawn(second(guard)));
        }));
        let blocking = spawn_blocking(|| 3);
        spawn(async { 4 }).await.unwrap() + blocking.await.unwrap()
    }))
    .await;
    assert_eq!((value, took, alive.count()), (7, 2 * SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_discarded_task_ends_the_call_and_is_its_own() {
    let alive = Alive::default();
    let (outcome, took) = timed(called(OPTIONS, async {
        drop(spawn(forever(alive.guard())));
        or_fail(spawn(fails(1, "bad")));
        pending::<io::Result<()>>().await
    }))
    .await;
    assert_eq!((outcome.unwrap_err().to_string().as_str(), took, alive.count()), ("bad", SECOND, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn it_is_never_lost_however_early_the_task_returns() {
    for nth in 0..500 {
        let outcome = called(OPTIONS, async {
            let handle = spawn(async { Err::<(), _>(io::Error::other("bad")) });
            for _ in 0..nth % 7 {
                yield_now().await;
            }
            or_fail(handle);
            Ok(())
        });
        assert_eq!(outcome.await.unwrap_err().to_string(), "bad", "{nth}");
        let panic = panic_of(called(OPTIONS, async {
            let handle = spawn(async { if true { std::panic::panic_any("oh") } else { io::Result::Ok(()) } });
            for _ in 0..nth % 7 {
                yield_now().await;
            }
            or_fail(handle);
            Ok(())
        }));
        assert_eq!(panic.await, "oh", "{nth}");
    }
}

#[tokio::test(start_paused = true)]
async fn collected_errors_let_the_others_end_and_logged_ones_are_no_failures() {
    let (outcome, took) = timed(called(OPTIONS.collect_errors(), async {
        or_fail(spawn(fails(2, "second")));
        or_fail(spawn(fails(1, "first")));
        sleep(3 * SECOND).await;
        Ok(())
    }))
    .await;
    assert_eq!((outcome.unwrap_err().to_string().as_str(), took), ("first", 3 * SECOND));
    let outcome = called(OPTIONS, async {
        discarded(spawn(fails(1, "logged"))).or_log();
        discarded(spawn(async { 5 })).or_log();
        Ok(1)
    });
    assert_eq!(outcome.await.unwrap(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_panic_that_somebody_looks_at_is_theirs() {
    let value = join_all(&SITE, OPTIONS, never_fails, async {
        let error = spawn(panics("seen")).await.unwrap_err();
        sleep(SECOND).await;
        *error.into_panic().downcast::<&str>().unwrap()
    });
    assert_eq!(value.await, "seen");
}

#[tokio::test(start_paused = true)]
async fn a_panic_that_nobody_looks_at_goes_on() {
    let alive = Alive::default();
    let bound = join_all(&SITE, OPTIONS, never_fails, async {
        let _handle = spawn(panics("bound"));
        sleep(SECOND).await;
    });
    assert_eq!(panic_of(bound).await, "bound");
    let dropped_later = join_all(&SITE, OPTIONS, never_fails, async {
        drop(spawn(forever(alive.guard())));
        let handle = spawn(panics("dropped"));
        sleep(SECOND).await;
        drop(handle);
        pending::<()>().await;
    });
    assert_eq!(panic_of(dropped_later).await, "dropped");
    let discarded = join_all(&SITE, OPTIONS, never_fails, async {
        drop(spawn(forever(alive.guard())));
        drop(spawn(panics("discarded")));
        pending::<()>().await;
    });
    assert_eq!((panic_of(discarded).await.as_str(), alive.count()), ("discarded", 0));
    let stored = std::sync::Mutex::new(None);
    let leaves = join_all(&SITE, OPTIONS, never_fails, async {
        *stored.lock().unwrap() = Some(spawn(panics("left")));
    });
    assert_eq!(panic_of(leaves).await, "left");
}

#[tokio::test(start_paused = true)]
async fn a_collected_panic_lets_the_others_end() {
    let alive = Alive::default();
    let work = timed(async {
        panic_of(join_all(&SITE, OPTIONS.collect_panics(), never_fails, async {
            drop(spawn(second(alive.guard())));
            drop(spawn(panics("late")));
        }))
        .await
    });
    assert_eq!(work.await, ("late".to_owned(), SECOND));
    assert_eq!(alive.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_the_body_ends_the_tasks() {
    let alive = Alive::default();
    let work = join_all(&SITE, OPTIONS, never_fails, async {
        drop(spawn(forever(alive.guard())));
        yield_now().await;
        std::panic::panic_any("body")
    });
    assert_eq!((panic_of(work).await.as_str(), alive.count()), ("body", 0));
}

#[tokio::test(start_paused = true)]
async fn a_limit_makes_tasks_wait_and_a_cancel_keeps_them_from_beginning() {
    let (most, running) = (Arc::new(AtomicUsize::new(0)), Alive::default());
    let ((), took) = timed(join_all(&SITE, OPTIONS.limit(2), never_fails, async {
        for _ in 0..6 {
            let (most, running) = (Arc::clone(&most), running.clone());
            drop(spawn(async move {
                let guard = running.guard();
                most.fetch_max(running.count(), Ordering::SeqCst);
                second(guard).await;
            }));
        }
    }))
    .await;
    assert_eq!((took, most.load(Ordering::SeqCst)), (3 * SECOND, 2));

    let (outcome, took) = timed(called(OPTIONS.limit(1).graceful(), async {
        or_fail(spawn(fails(1, "bad")));
        drop(spawn(async { panic!("it begins") }));
        pending::<io::Result<()>>().await
    }))
    .await;
    assert_eq!((outcome.unwrap_err().to_string().as_str(), took), ("bad", SECOND));
}

#[tokio::test(start_paused = true)]
async fn a_timeout_is_an_error_when_all_have_ended() {
    let alive = Alive::default();
    let options = OPTIONS.timeout(2 * SECOND).grace(SECOND);
    let (outcome, took) = timed(join(&SITE, options, never_fails, async {
        assert_eq!(deadline::remaining(), Some(2 * SECOND));
        drop(spawn(forever(alive.guard())));
        pending::<()>().await;
    }))
    .await;
    let Err(Failure::TimedOut(error)) = outcome else { panic!("not a timeout") };
    assert_eq!((error.elapsed(), took, alive.count()), (3 * SECOND, 3 * SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_aborts_its_tasks_unless_it_is_graceful() {
    let root = Root::new();
    let alive = Alive::default();
    for (options, living) in
        [(OPTIONS, 0), (OPTIONS.graceful(), 1), (OPTIONS.graceful().grace(SECOND / 2), 0)]
    {
        let work = root.enter(join_all(&SITE, options, never_fails, async {
            drop(spawn(second(alive.guard())));
            pending::<()>().await;
        }));
        assert!(poll_at_most(1, work).await.is_none());
        sleep(SECOND * 3 / 4).await;
        assert_eq!(alive.count(), living);
        root.ended().await;
        assert_eq!(alive.count(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_scope_a_task_belongs_to_the_root_and_in_one_to_that() {
    assert_eq!(spawn(async { 1 }).await.unwrap(), 1);
    let alive = Alive::default();
    let outcome = scope(async |_: Scope<()>| {
        drop(spawn(second(alive.guard())));
        Ok(())
    });
    outcome.await.unwrap();
    assert_eq!(alive.count(), 0);
    let set = tokio::task::LocalSet::new();
    let local = set.run_until(join_all(&SITE, OPTIONS, never_fails, async {
        let value = std::rc::Rc::new(3);
        *spawn_local(async move { value }).await.unwrap()
    }));
    assert_eq!(local.await, 3);
}

#[tokio::test(start_paused = true)]
async fn the_body_need_not_be_static_nor_send() {
    let local = std::rc::Rc::new(std::cell::Cell::new(1));
    let text = String::from("borrowed");
    let value = join_all(&SITE, OPTIONS, never_fails, async {
        local.set(spawn(async { 2 }).await.unwrap());
        text.len()
    });
    assert_eq!(value.await, 8);
    assert_eq!(local.get(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_shielded_call_ends_in_the_background_and_is_waited_for() {
    let alive = Alive::default();
    let work = scope(async |_: Scope<()>| {
        let shielded = shield(&SITE, second(alive.guard()));
        assert!(tokio::time::timeout(SECOND / 2, shielded).await.is_err());
        assert_eq!(alive.count(), 1);
        Ok(())
    });
    let (outcome, took) = timed(work).await;
    outcome.unwrap();
    assert_eq!((took, alive.count()), (SECOND, 0));
    assert_eq!(shield(&SITE, async { 5 }).await, 5);
}

#[tokio::test(start_paused = true)]
async fn a_scope_that_aborts_its_children_waits_for_what_they_shield() {
    let alive = Alive::default();
    let (outcome, took) = timed(scope(async |s: Scope<&str>| {
        let guard = alive.guard();
        s.spawn(async move {
            shield(&SITE, async move {
                sleep(2 * SECOND).await;
                assert_eq!(deadline::current(), None);
                drop(guard);
            })
            .await;
            Ok(())
        });
        sleep(SECOND).await;
        Err::<(), _>("bad")
    }))
    .await;
    outcome.unwrap_err();
    assert_eq!((took, alive.count()), (2 * SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn a_shielded_call_that_never_began_does_not_begin() {
    let root = Root::new();
    root.enter(async {
        drop(shield(&SITE, async { panic!("it began") }));
    })
    .await;
    assert!(root.living().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_root_waits_for_a_shielded_call() {
    let root = Root::new();
    let alive = Alive::default();
    root.enter(async {
        assert!(poll_at_most(1, shield(&SITE, second(alive.guard()))).await.is_none());
    })
    .await;
    assert_eq!((root.living().len(), root.living()[0].name()), (1, Some("site")));
    root.abort();
    root.ended().await;
    assert_eq!(alive.count(), 0);
}
