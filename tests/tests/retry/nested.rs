//! Retry inside retry, through calls.

use super::*;

/// One function that retries, inside of another.
macro_rules! pair {
    ($inner:ident, $outer:ident $(, $nested:tt)*) => {
        #[retry(on = any, attempts = 3, backoff = constant(1ms), jitter = none $(, nested = $nested)*)]
        async fn $inner(attempts: &Attempts) -> io::Result<()> {
            tokio::task::yield_now().await;
            attempts.fail()
        }

        #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none)]
        async fn $outer(attempts: &Attempts) -> io::Result<()> {
            // Through a call and a box: it is the task that knows.
            between(Box::pin($inner(attempts))).await
        }
    };
}

async fn between<F: Future>(call: F) -> F::Output {
    tokio::task::yield_now().await;
    call.await
}

pair!(warned, warns);
pair!(warned_by_name, warns_by_name, warn);
pair!(single, once, once);
pair!(allowed, allows, allow);

fn nested_lines(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).filter(|line| line.starts_with("nested")).collect()
}

#[tokio::test(start_paused = true)]
async fn warn_is_the_default_and_tells_once_per_pair() {
    let (default, by_name) = (record!(warned), record!(warned_by_name));
    for _ in 0..2 {
        let attempts = Attempts::new();
        warns(&attempts).await.unwrap_err();
        warns_by_name(&attempts).await.unwrap_err();
        assert_eq!(attempts.count(), 12, "and every one of them retries");
    }
    assert_eq!(nested_lines(&default.take()), ["nested in retry::nested::warns"]);
    assert_eq!(nested_lines(&by_name.take()), ["nested in retry::nested::warns_by_name"]);
}

#[tokio::test(start_paused = true)]
async fn each_pair_is_told_of() {
    #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none)]
    async fn called_by_two(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none)]
    async fn first_caller(attempts: &Attempts) -> io::Result<()> {
        called_by_two(attempts).await
    }

    #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none)]
    async fn second_caller(attempts: &Attempts) -> io::Result<()> {
        called_by_two(attempts).await
    }

    let events = record!(called_by_two);
    let attempts = Attempts::new();
    first_caller(&attempts).await.unwrap_err();
    second_caller(&attempts).await.unwrap_err();
    let expected = ["nested in retry::nested::first_caller", "nested in retry::nested::second_caller"];
    assert_eq!(nested_lines(&events.take()), expected);
}

#[tokio::test(start_paused = true)]
async fn once_runs_the_inner_one_a_single_time() {
    let events = record!(single);
    let attempts = Attempts::new();
    once(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 2, "both are the outer one's");
    assert!(nested_lines(&events.take()).is_empty());
}

#[tokio::test(start_paused = true)]
async fn once_retries_where_nobody_else_does() {
    let attempts = Attempts::new();
    single(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn allow_retries_and_says_nothing() {
    let events = record!(allowed);
    let attempts = Attempts::new();
    allows(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 6);
    assert!(nested_lines(&events.take()).is_empty());
}

#[tokio::test(start_paused = true)]
async fn calls_in_a_row_and_calls_beside_are_not_nested() {
    #[retry(on = any, attempts = 2, nested = once, backoff = constant(1ms), jitter = none)]
    async fn alone(attempts: &Attempts) -> io::Result<()> {
        tokio::task::yield_now().await;
        attempts.fail()
    }

    let attempts = Attempts::new();
    alone(&attempts).await.unwrap_err();
    alone(&attempts).await.unwrap_err();
    let (first, second) = futures::join!(alone(&attempts), alone(&attempts));
    first.and(second).unwrap_err();
    assert_eq!(attempts.count(), 8);
}

#[tokio::test(start_paused = true)]
async fn a_task_that_is_spawned_is_not_nested() {
    #[retry(on = any, attempts = 3, nested = once, backoff = constant(1ms), jitter = none)]
    async fn in_a_task(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none)]
    async fn spawns(attempts: &'static Attempts) -> io::Result<()> {
        tokio::spawn(in_a_task(attempts)).await.expect("no panic")
    }

    let attempts: &'static Attempts = Box::leak(Box::new(Attempts::new()));
    spawns(attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 6);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_between_the_two_hides_nothing() {
    #[retry(on = any, attempts = 3, nested = once, backoff = constant(1ms), jitter = none)]
    async fn innermost(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[timeout(5s)]
    async fn middle(attempts: &Attempts) -> io::Result<()> {
        innermost(attempts).await
    }

    #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none)]
    async fn outermost(attempts: &Attempts) -> io::Result<()> {
        middle(attempts).await
    }

    let attempts = Attempts::new();
    outermost(&attempts).await.unwrap_err();
    assert_eq!(attempts.count(), 2);
}
