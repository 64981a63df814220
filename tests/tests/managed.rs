//! `Managed`: the release runs once and to its end, whatever becomes of whoever held the resource.

use std::future::pending;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use steadfast::managed::{ManagedError, ReleaseError};
use steadfast::{Managed, PolicyError, deadline, timeout};
use steadfast_tests::poll_at_most;
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);

/// What happened to a resource, in order.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<&'static str>>>);

impl Log {
    fn note(&self, what: &'static str) {
        self.0.lock().unwrap().push(what);
    }

    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

struct Resource(Log);

impl Drop for Resource {
    fn drop(&mut self) {
        self.0.note("dropped");
    }
}

/// A release that takes two steps of a second each.
fn managed(log: &Log) -> Managed<Resource, io::Error> {
    let on_failure = log.clone();
    Managed::new(Resource(log.clone()), async |resource: Resource| {
        resource.0.note("begun");
        sleep(SECOND).await;
        sleep(SECOND).await;
        resource.0.note("released");
        Ok(())
    })
    .on_failure(move |error| {
        on_failure.note(match error {
            ReleaseError::Failed(_) => "told: failed",
            ReleaseError::TimedOut { .. } => "told: timed out",
            ReleaseError::Panicked => "told: panicked",
            ReleaseError::Interrupted => "told: interrupted",
            _ => "told",
        });
    })
}

const WHOLE: [&str; 3] = ["begun", "released", "dropped"];

#[tokio::test(start_paused = true)]
async fn a_release_is_waited_for() {
    let log = Log::default();
    let started = Instant::now();
    managed(&log).release().await.unwrap();
    assert_eq!((log.take(), started.elapsed()), (WHOLE.to_vec(), 2 * SECOND));
}

#[tokio::test(start_paused = true)]
async fn a_body_runs_first_and_its_value_comes_back() {
    let log = Log::default();
    let value = managed(&log)
        .with(async |resource| {
            sleep(SECOND).await;
            resource.0.note("used");
            Ok::<_, io::Error>(7)
        })
        .await;
    assert_eq!(value.unwrap(), 7);
    assert_eq!(log.take(), ["used", "begun", "released", "dropped"]);
}

#[tokio::test(start_paused = true)]
async fn both_errors_are_kept() {
    let fails = || Managed::new((), async |()| Err("release"));
    let works = || Managed::new((), async |()| Ok::<_, &str>(()));

    let body = works().with(async |()| Err::<(), _>("body")).await.unwrap_err();
    assert_eq!(body, ManagedError::Body("body"));
    assert_eq!((body.body(), body.release()), (Some(&"body"), None));

    let release = fails().with(async |()| Ok::<_, &str>(())).await.unwrap_err();
    assert_eq!(release, ManagedError::Release(ReleaseError::Failed("release")));
    assert_eq!(release.to_string(), "the release failed: release");

    let both = fails().with(async |()| Err::<(), _>("body")).await.unwrap_err();
    assert_eq!(both.body(), Some(&"body"));
    assert_eq!(both.release(), Some(&ReleaseError::Failed("release")));
    assert_eq!(both.to_string(), "body; and the release failed: release");
}

/// The resource is used for a second, and then released by `with`: the call is dropped at every await of both.
#[test]
fn whoever_goes_away_anywhere_the_release_runs_once_and_to_its_end() {
    for polls in 0.. {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let done = runtime.block_on(async {
            let log = Log::default();
            let use_it = managed(&log).with(async |_| {
                sleep(SECOND).await;
                Ok::<_, io::Error>(())
            });
            let done = poll_at_most(polls, use_it).await.is_some();
            sleep(10 * SECOND).await;
            assert_eq!(log.take(), WHOLE, "after {polls} polls");
            done
        });
        if done {
            assert_eq!(polls, 4);
            return;
        }
    }
}

#[test]
fn the_same_for_a_release_by_hand() {
    for polls in 0.. {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let done = runtime.block_on(async {
            let log = Log::default();
            let started = Instant::now();
            let done = poll_at_most(polls, managed(&log).release()).await.is_some();
            while log.0.lock().unwrap().len() < WHOLE.len() {
                sleep(SECOND / 10).await;
            }
            assert_eq!(log.take(), WHOLE);
            assert!(started.elapsed() < 3 * SECOND, "what was done is not done again after {polls} polls");
            done
        });
        if done {
            assert_eq!(polls, 3);
            return;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_early_return_releases() {
    async fn work(log: &Log) -> io::Result<()> {
        let _resource = managed(log);
        sleep(SECOND).await;
        Err(io::Error::other("early"))?;
        Ok(())
    }
    let log = Log::default();
    work(&log).await.unwrap_err();
    sleep(3 * SECOND).await;
    assert_eq!(log.take(), WHOLE);
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_the_body_goes_on_after_the_release() {
    let log = Log::default();
    let panicked = tokio::spawn({
        let log = log.clone();
        async move {
            managed(&log)
                .with(async |_| -> io::Result<()> {
                    sleep(SECOND).await;
                    panic!("at work")
                })
                .await
        }
    });
    let panic = panicked.await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"at work"));
    assert_eq!(log.take(), WHOLE, "before the panic went on");
}

#[tokio::test(start_paused = true)]
async fn an_error_that_a_panic_hides_is_told() {
    let told = Arc::new(Mutex::new(None));
    let tell = Arc::clone(&told);
    let resource = Managed::new((), async |()| Err(io::Error::other("release")))
        .on_failure(move |error| *tell.lock().unwrap() = Some(error.to_string()));
    let panicked =
        tokio::spawn(resource.with(async |()| -> io::Result<()> { panic!("at work") })).await.unwrap_err();
    assert!(panicked.is_panic());
    assert_eq!(told.lock().unwrap().as_deref(), Some("the release failed: release"));
}

/// The hook is told by the background then, and not only the log.
#[tokio::test(start_paused = true)]
async fn an_error_that_a_panic_hides_is_told_if_nobody_waits_for_the_release_any_more() {
    let log = Log::default();
    let tell = log.clone();
    let resource = Managed::new((), async |()| {
        sleep(SECOND).await;
        Err(io::Error::other("gone"))
    })
    .on_failure(move |error: ReleaseError<io::Error>| {
        assert!(matches!(error, ReleaseError::Failed(_)));
        tell.note("told");
    });
    let used = resource.with(async |()| -> io::Result<()> { panic!("at work") });
    assert!(poll_at_most(1, used).await.is_none(), "it is being released");
    sleep(2 * SECOND).await;
    assert_eq!(log.take(), ["told"]);
}

#[tokio::test(start_paused = true)]
async fn a_release_that_takes_too_long_is_ended() {
    let log = Log::default();
    let started = Instant::now();
    let released = managed(&log).release_within(SECOND + SECOND / 2).release().await.unwrap_err();
    assert!(matches!(released, ReleaseError::TimedOut { limit } if limit == SECOND + SECOND / 2));
    assert_eq!(released.to_string(), "the release did not end within 1.5s");
    assert_eq!((log.take(), started.elapsed()), (vec!["begun", "dropped"], SECOND + SECOND / 2));
}

#[tokio::test(start_paused = true)]
async fn ten_seconds_are_the_limit_unless_said() {
    let started = Instant::now();
    let stuck = Managed::new((), async |()| pending::<io::Result<()>>().await);
    assert!(matches!(stuck.release().await, Err(ReleaseError::TimedOut { .. })));
    assert_eq!(started.elapsed(), 10 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn the_limit_holds_in_the_background_too() {
    let log = Log::default();
    drop(managed(&log).release_within(SECOND / 2));
    sleep(SECOND).await;
    assert_eq!(log.take(), ["begun", "dropped", "told: timed out"]);
}

#[tokio::test(start_paused = true)]
async fn limits_at_both_ends_are_taken() {
    let released = managed(&Log::default()).release_within(Duration::MAX).release().await;
    released.unwrap();
    let released = managed(&Log::default()).release_within(Duration::ZERO).release().await;
    assert!(matches!(released, Err(ReleaseError::TimedOut { .. })));
}

#[timeout(3s)]
async fn closes_with_a_policy() -> Result<Duration, PolicyError> {
    let left = deadline::remaining().unwrap();
    sleep(SECOND).await;
    Ok(left)
}

#[timeout(2s)]
async fn uses(seen: Arc<Mutex<Option<Duration>>>) -> Result<(), PolicyError> {
    let resource = Managed::new((), async move |()| {
        *seen.lock().unwrap() = Some(closes_with_a_policy().await?);
        Ok::<_, PolicyError>(())
    });
    sleep(SECOND + SECOND / 2).await;
    resource.release().await.map_err(|error| match error {
        ReleaseError::Failed(error) => error,
        other => panic!("{other}"),
    })
}

/// The time of the body is up, and the time of the release begins.
#[tokio::test(start_paused = true)]
async fn the_deadlines_around_it_do_not_shorten_a_release() {
    let seen = Arc::new(Mutex::new(None));
    assert!(uses(Arc::clone(&seen)).await.is_err(), "the caller does not wait longer than it said");
    sleep(SECOND).await;
    assert_eq!(*seen.lock().unwrap(), Some(3 * SECOND));
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_a_release_passes_through_once() {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&calls);
    let resource = Managed::<_, io::Error>::new((), async move |()| {
        count.fetch_add(1, Ordering::SeqCst);
        panic!("release")
    });
    assert!(tokio::spawn(resource.release()).await.unwrap_err().is_panic());
    sleep(SECOND).await;
    assert_eq!(calls.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_the_background_is_told() {
    let log = Log::default();
    let tell = log.clone();
    let resource = Managed::<_, io::Error>::new((), async |()| panic!("release"));
    drop(resource.on_failure(move |error| {
        assert!(matches!(error, ReleaseError::Panicked));
        tell.note("panicked");
    }));
    sleep(SECOND).await;
    assert_eq!(log.take(), ["panicked"]);
}

/// The release of a child that is aborted belongs to its end.
#[tokio::test(start_paused = true)]
async fn the_scope_around_waits_for_a_release_in_the_background() {
    let log = Log::default();
    let started = Instant::now();
    let ended = steadfast::scope(async |scope| {
        let log = log.clone();
        scope.spawn(async move {
            let _resource = managed(&log);
            pending::<io::Result<()>>().await
        });
        sleep(SECOND).await;
        Err::<(), _>(io::Error::other("enough"))
    });
    assert!(ended.await.is_err());
    assert_eq!((log.take(), started.elapsed()), (WHOLE.to_vec(), 3 * SECOND));
}

/// As above, for a scope that is dropped: then the next one around it waits.
#[tokio::test(start_paused = true)]
async fn the_next_scope_waits_for_a_release_whose_own_was_dropped() {
    let log = Log::default();
    let inner = {
        let log = log.clone();
        async move {
            let inner = steadfast::scope(async |scope| {
                let resource = managed(&log);
                scope.spawn(async move {
                    let _resource = resource;
                    pending::<io::Result<()>>().await
                });
                pending::<io::Result<()>>().await
            });
            let _ = tokio::time::timeout(SECOND, inner).await;
            Ok::<(), io::Error>(())
        }
    };
    steadfast::scope(async |scope| {
        scope.spawn(inner);
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(log.take(), WHOLE);
}

#[test]
fn it_may_be_dropped_on_a_thread_without_a_runtime() {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let log = Log::default();
    let resource = runtime.block_on(async { managed(&log) });
    std::thread::spawn(|| drop(resource)).join().unwrap();
    runtime.block_on(async { sleep(3 * SECOND).await });
    assert_eq!(log.take(), WHOLE);
}

#[test]
fn without_any_runtime_it_is_told() {
    let log = Log::default();
    drop(managed(&log));
    assert_eq!(log.take(), ["told: interrupted", "dropped"]);
}

#[test]
fn a_runtime_that_goes_away_is_told_of() {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let log = Log::default();
    runtime.block_on(async {
        drop(managed(&log));
        sleep(SECOND / 2).await;
    });
    drop(runtime);
    let mut all = log.take();
    all.sort_unstable();
    assert_eq!(all, ["begun", "dropped", "told: interrupted"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_taken_out_is_not_released() {
    let log = Log::default();
    let resource = managed(&log).into_inner();
    sleep(SECOND).await;
    assert!(log.take().is_empty());
    drop(resource);
    assert_eq!(log.take(), ["dropped"]);
}

#[tokio::test(start_paused = true)]
async fn it_stands_for_its_resource_and_crosses_threads() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let text = "borrowed".to_owned();
    let mut list = is_send(Managed::new(vec![1], async |_: Vec<i32>| Ok::<_, io::Error>(())));
    list.push(2);
    assert_eq!((list.len(), format!("{list:?}")), (2, "Managed([1, 2])".to_owned()));
    let with = is_send(list.with(async |list| {
        list.push(i32::try_from(text.len()).unwrap());
        tokio::task::yield_now().await;
        Ok::<_, io::Error>(list.clone())
    }));
    assert_eq!(with.await.unwrap(), [1, 2, 8]);
}
