//! `#[steadfast::test]`: the clock, the limit, and what outlives the test.

use std::time::Duration;

use tokio::time::{Instant, sleep};

#[steadfast::test]
async fn the_clock_is_paused() {
    let (started, real) = (Instant::now(), std::time::Instant::now());
    sleep(Duration::from_secs(50)).await;
    assert_eq!(started.elapsed(), Duration::from_secs(50));
    assert!(real.elapsed() < Duration::from_secs(50));
}

#[steadfast::test]
async fn a_value_comes_back() -> Result<(), std::num::ParseIntError> {
    assert_eq!("7".parse::<u32>()?, 7);
    Ok(())
}

#[steadfast::test]
#[should_panic(expected = "the test did not end within 60s")]
async fn what_never_comes_ends_the_test() {
    std::future::pending::<()>().await;
}

#[steadfast::test(timeout = 2h)]
async fn the_limit_can_be_longer() {
    sleep(Duration::from_secs(3600)).await;
}

#[steadfast::test]
#[should_panic(expected = "its tasks is still alive")]
async fn a_task_that_outlives_the_test_is_told() {
    tokio::spawn(std::future::pending::<()>());
}

#[steadfast::test]
#[should_panic(expected = "entry.rs")]
async fn a_detached_task_is_told_with_its_place() {
    steadfast::detach("waits for nothing", std::future::pending::<()>());
}

#[steadfast::test(leaks = allow)]
async fn leaks_can_be_allowed() {
    tokio::spawn(std::future::pending::<()>());
}

#[steadfast::test]
async fn what_is_joined_is_no_leak() {
    let done = tokio::spawn(sleep(Duration::from_secs(1)));
    done.await.unwrap();
    let joined = steadfast::scope(async |tasks: steadfast::Scope<std::io::Error>| {
        tasks.spawn(async { Ok(()) });
        Ok(1)
    });
    assert_eq!(joined.await.unwrap(), 1);
}

#[steadfast::test]
#[steadfast::must_join]
async fn works_above_must_join() {
    tokio::spawn(sleep(Duration::from_secs(1)));
}

#[steadfast::test(worker_threads = 2)]
async fn several_threads_have_the_real_clock() {
    let sum = tokio::spawn(async { 1 + 1 });
    assert_eq!(sum.await.unwrap(), 2);
}

#[test]
fn the_same_seed_makes_the_same_choices() {
    #[steadfast::main(flavor = "current_thread", signals = none)]
    async fn in_a_main() {
        tokio::task::yield_now().await;
    }
    let _ = in_a_main();
    let drawn = |seed| {
        let test = steadfast::entry::Test::current_thread().seed(seed);
        test.run(async { (drawn_pause(), drawn_pause()) })
    };
    assert_eq!(drawn(7), drawn(7));
    assert_ne!(drawn(7), drawn(8));
}

/// What the jitter of a retry draws from.
fn drawn_pause() -> Duration {
    let (delay, backoff) =
        (Duration::from_secs(1_000_000), steadfast::backoff::Constant::new(Duration::ZERO));
    steadfast::Jitter::Full.apply(delay, &backoff, delay)
}
