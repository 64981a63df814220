//! Rows of `docs/patterns` that no other file has a test for, written as a user writes them.

use std::io;
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures::FutureExt;
use futures::stream::{FuturesUnordered, StreamExt};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use steadfast::{
    Bulkhead, PolicyError, PolicyErrorKind, Scope, Transient, deadline, offload, retry, scope, shield,
    timeout,
};
use steadfast_tests::{Alive, ms, secs};
use tokio::time::{Instant, sleep};

#[path = "patterns/must_join.rs"]
mod must_join;

const SECOND: Duration = secs(1);

#[tokio::test(start_paused = true)]
async fn handles_of_a_scope_come_as_they_are_ready() {
    let alive = Alive::default();
    let work = scope(async |tasks: Scope<io::Error>| {
        let job = |seconds| {
            let guard = alive.guard();
            tasks.spawn(async move {
                sleep(secs(seconds)).await;
                drop(guard);
                Ok(seconds)
            })
        };
        let mut running: FuturesUnordered<_> = [3, 1, 2, 60].map(job).into_iter().collect();
        let mut order = Vec::new();
        for _ in 0..3 {
            order.push(running.next().await.unwrap().unwrap()?);
        }
        // Whoever does not want the last one says so; to drop its handle would be to wait for it.
        for late in &running {
            late.abort();
        }
        Ok(order)
    });
    let started = Instant::now();
    assert_eq!(work.await.unwrap(), [1, 2, 3]);
    assert_eq!((started.elapsed(), alive.count()), (3 * SECOND, 0));
}

#[tokio::test(start_paused = true)]
async fn permits_never_become_more_than_the_limit() {
    let limit = Bulkhead::new(2);
    drop(limit.acquire().await);
    let panicking = async {
        let _permit = limit.acquire().await;
        panic!("with a permit");
    };
    std::panic::AssertUnwindSafe(panicking).catch_unwind().await.unwrap_err();
    drop(
        tokio::time::timeout(SECOND, async {
            let _permit = limit.acquire().await;
            std::future::pending::<()>().await;
        })
        .await,
    );
    assert_eq!(limit.available(), 2);
    let both = (limit.try_acquire(), limit.try_acquire());
    assert!(both.0.is_some() && both.1.is_some() && limit.try_acquire().is_none());
}

/// Ends after a second without a message, and after five whatever comes.
#[timeout(5s)]
async fn listens(every: Duration, messages: usize) -> Result<usize, PolicyError> {
    let mut heard = 0;
    let listening = deadline::within(SECOND, async |idle| {
        while heard < messages {
            sleep(every).await;
            heard += 1;
            idle.reschedule(Instant::now() + SECOND);
        }
        std::future::pending().await
    });
    listening.await.or(Ok(heard))
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_moved_while_it_runs() {
    let started = Instant::now();
    assert_eq!(listens(ms(900), 3).await.unwrap(), 3);
    assert_eq!(started.elapsed(), 3 * ms(900) + SECOND);

    let started = Instant::now();
    let ended = listens(ms(900), usize::MAX).await.unwrap_err();
    assert_eq!((ended.kind(), started.elapsed()), (PolicyErrorKind::TimedOut, 5 * SECOND));
}

#[shield]
async fn transfer(credited: Arc<AtomicBool>) {
    sleep(2 * SECOND).await;
    credited.store(true, Ordering::SeqCst);
}

#[tokio::test(start_paused = true)]
async fn a_shielded_call_is_finished_and_waited_for() {
    let credited = Arc::new(AtomicBool::new(false));
    let started = Instant::now();
    let work = scope(async |_: Scope<io::Error>| {
        let call = transfer(Arc::clone(&credited));
        assert!(tokio::time::timeout(SECOND, call).await.is_err());
        assert!(!credited.load(Ordering::SeqCst));
        Ok(())
    });
    work.await.unwrap();
    assert!(credited.load(Ordering::SeqCst));
    assert_eq!(started.elapsed(), 2 * SECOND);
}

/// Two at once, and then one in an hour, of real time.
static RATE: LazyLock<DefaultDirectRateLimiter> = LazyLock::new(|| {
    let hour = Quota::with_period(secs(3_600)).expect("an hour is not zero");
    RateLimiter::direct(hour.allow_burst(2.try_into().expect("two is not zero")))
});
static REACHED: AtomicUsize = AtomicUsize::new(0);

#[derive(Debug, Transient)]
enum FetchError {
    #[transient]
    Reset,
    #[policy]
    Policy(PolicyError),
}

#[retry(attempts = 5, backoff = constant(1s), jitter = none)]
#[timeout(attempt = 2s)]
async fn fetch() -> Result<(), FetchError> {
    RATE.until_ready().await;
    REACHED.fetch_add(1, Ordering::SeqCst);
    Err(FetchError::Reset)
}

#[tokio::test(start_paused = true)]
async fn governor_paces_the_attempts_of_a_retry() {
    // The third attempt waits for its cell until its time is up, which is not tried again: it might have run.
    let FetchError::Policy(ended) = fetch().await.unwrap_err() else {
        panic!("not a refusal of the policies")
    };
    assert_eq!(ended.kind(), PolicyErrorKind::TimedOut);
    assert_eq!(REACHED.load(Ordering::SeqCst), 2);
    // And it does not see the paused clock, as the page says.
    sleep(secs(10 * 3_600)).await;
    assert!(RATE.check().is_err());
}

tokio::task_local! {
    static REQUEST: u64;
    static TRANSACTION: u64;
}

fn context() -> (Option<u64>, Option<u64>, bool) {
    (REQUEST.try_get().ok(), TRANSACTION.try_get().ok(), deadline::current().is_some())
}

#[offload]
fn context_elsewhere() -> (Option<u64>, Option<u64>, bool) {
    context()
}

#[timeout(5s)]
async fn contexts() -> Result<[(Option<u64>, Option<u64>, bool); 4], PolicyError> {
    let child = scope(async |tasks: Scope<io::Error>| Ok(tasks.spawn(async { Ok(context()) }).await??));
    let child = child.await.expect("it does not fail");
    let detached = steadfast::detach("looks around", async { context() }).await.expect("it does not panic");
    let bare = tokio::spawn(async { context() }).await.expect("it does not panic");
    Ok([child, context_elsewhere().await, detached, bare])
}

#[tokio::test(start_paused = true)]
async fn what_goes_with_children_with_offloaded_and_with_detached_work() {
    scope::inherit(&REQUEST);
    let seen = REQUEST.scope(7, TRANSACTION.scope(9, contexts())).await.unwrap();
    let [child, offloaded, detached, bare] = seen;
    assert_eq!(child, (Some(7), None, true));
    assert_eq!(offloaded, (Some(7), None, true));
    assert_eq!(detached, (Some(7), None, false));
    assert_eq!(bare, (None, None, false));
}
