//! Who pays for a retry.

use std::sync::Arc;

use super::*;

/// How many attempts a call makes that would make as many as it may.
async fn attempts_of<'a, F: Future<Output = io::Result<()>>>(call: impl FnOnce(&'a Attempts) -> F) -> usize {
    let attempts: &'static Attempts = Box::leak(Box::new(Attempts::new()));
    call(attempts).await.unwrap_err();
    attempts.count()
}

#[tokio::test(start_paused = true)]
async fn unless_said_a_function_has_a_budget_of_its_own_with_a_hundred_retries_to_begin_with() {
    #[retry(on = any, attempts = 200, backoff = constant(1ms), jitter = none)]
    async fn first(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 200, backoff = constant(1ms), jitter = none)]
    async fn second(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    assert_eq!(attempts_of(first).await, 101);
    assert_eq!(attempts_of(first).await, 1, "the budget is shared by all calls of a function");
    assert_eq!(attempts_of(second).await, 101, "and by no other function");
    advance(secs(11)).await;
    assert_eq!(attempts_of(first).await, 101, "it is filled up again after its ttl");
}

#[tokio::test(start_paused = true)]
async fn none_means_no_budget() {
    #[retry(on = any, attempts = 2_000, backoff = constant(1ms), jitter = none, budget = none)]
    async fn unbounded(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    assert_eq!(attempts_of(unbounded).await, 2_000);
}

#[tokio::test(start_paused = true)]
async fn a_named_budget_is_shared_by_all_functions_that_name_it() {
    #[retry(on = any, attempts = 61, backoff = constant(1ms), jitter = none, budget = "inventory")]
    async fn read(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 61, backoff = constant(1ms), jitter = none, budget = "inventory")]
    async fn write(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 61, backoff = constant(1ms), jitter = none, budget = "another")]
    async fn elsewhere(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    assert_eq!(attempts_of(read).await, 61);
    assert_eq!(attempts_of(write).await, 41, "40 of the 100 were left");
    assert_eq!(attempts_of(elsewhere).await, 61);
    assert!(!Budget::named("inventory").try_withdraw());
}

#[tokio::test(start_paused = true)]
async fn its_own_numbers_count() {
    const SHARE: f64 = 0.5;

    #[retry(on = any, attempts = 50, backoff = constant(1ms), jitter = none, budget = (ratio = 0, min_per_sec = 2, ttl = 3s))]
    async fn six(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 50, backoff = constant(1ms), jitter = none, budget = (min_per_sec = 2))]
    async fn twenty(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 50, backoff = constant(1ms), jitter = none, budget = (ratio = SHARE, min_per_sec = 0))]
    async fn a_half(attempts: &Attempts, good: u32) -> io::Result<()> {
        attempts.fail_before(good).map(drop)
    }

    assert_eq!(attempts_of(six).await, 7);
    assert_eq!(attempts_of(twenty).await, 21);
    for _ in 0..6 {
        a_half(&Attempts::new(), 1).await.unwrap();
    }
    assert_eq!(attempts_of(|attempts| a_half(attempts, 99)).await, 4, "half of six");
}

#[tokio::test(start_paused = true)]
async fn a_budget_of_the_callers_counts_wherever_it_is_kept() {
    static SHARED: Budget = Budget::new().ratio(0.0).min_per_sec(1).ttl(secs(4));

    struct Client {
        budget: Arc<Budget>,
    }

    impl Client {
        #[retry(on = any, attempts = 50, backoff = constant(1ms), jitter = none, budget = self.budget)]
        async fn by_field(&self, attempts: &Attempts) -> io::Result<()> {
            attempts.fail()
        }
    }

    #[retry(on = any, attempts = 50, backoff = constant(1ms), jitter = none, budget = SHARED)]
    async fn by_static(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 50, backoff = constant(1ms), jitter = none, budget = budget)]
    async fn by_parameter(attempts: &Attempts, budget: &Budget) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = 50, backoff = constant(1ms), jitter = none, budget = Budget::named("by expression"))]
    async fn by_expression(attempts: &Attempts) -> io::Result<()> {
        attempts.fail()
    }

    let small = || Budget::new().ratio(0.0).min_per_sec(1).ttl(secs(3));
    let budget = small();
    let attempts = Attempts::new();
    by_parameter(&attempts, &budget).await.unwrap_err();
    assert_eq!(attempts.count(), 4);
    let client: &Client = Box::leak(Box::new(Client { budget: Arc::new(small()) }));
    assert_eq!(attempts_of(|attempts| client.by_field(attempts)).await, 4);
    assert_eq!(attempts_of(by_static).await, 5);
    assert_eq!(attempts_of(by_static).await, 1);
    assert_eq!(attempts_of(by_expression).await, 50);
}

#[tokio::test(start_paused = true)]
async fn exhausted_it_returns_the_failure_at_once_and_the_event_says_why() {
    #[retry(on = any, attempts = 9, backoff = constant(1s), jitter = none, budget = budget)]
    async fn poor(attempts: &Attempts, budget: &Budget) -> io::Result<()> {
        attempts.fail()
    }

    let events = record!(poor);
    let (attempts, budget) = (Attempts::new(), Budget::new().ratio(0.0).min_per_sec(1).ttl(secs(1)));
    let (outcome, took) = timed(async {
        assert!(budget.try_withdraw());
        poor(&attempts, &budget).await
    })
    .await;
    assert_eq!(outcome.unwrap_err().to_string(), "attempt 1");
    assert_eq!(took, secs(0));
    assert!(events.take().iter().any(|line| line == "gave up after 1 in 0ns: attempt 1; Budget"));
}

#[tokio::test(start_paused = true)]
async fn a_success_deposits_and_a_failure_does_not() {
    #[retry(on = any, attempts = 2, backoff = constant(1ms), jitter = none, budget = budget)]
    async fn counted(attempts: &Attempts, good: u32, budget: &Budget) -> io::Result<u32> {
        attempts.fail_before(good)
    }

    let budget = Budget::new().ratio(0.5).min_per_sec(0);
    let tokens = || (budget.balance() * 10.0).round() / 10.0;
    counted(&Attempts::new(), 1, &budget).await.unwrap();
    assert!((tokens() - 0.5).abs() < 1e-6, "a success: {}", tokens());
    counted(&Attempts::new(), 9, &budget).await.unwrap_err();
    assert!((tokens() - 0.5).abs() < 1e-6, "a failure that could not be retried: {}", tokens());
    counted(&Attempts::new(), 1, &budget).await.unwrap();
    assert!((tokens() - 1.0).abs() < 1e-6, "another success: {}", tokens());
    counted(&Attempts::new(), 2, &budget).await.unwrap();
    assert!((tokens() - 0.5).abs() < 1e-6, "a retry took one, its success put a half in: {}", tokens());
}

#[tokio::test(start_paused = true)]
async fn what_is_not_retried_costs_nothing() {
    #[retry(on = |error: &io::Error| error.kind() == io::ErrorKind::TimedOut, budget = budget)]
    async fn unclassified(attempts: &Attempts, budget: &Budget) -> io::Result<()> {
        attempts.fail()
    }

    #[retry(on = any, attempts = tries, backoff = constant(1s), within = limit, jitter = none, budget = budget)]
    async fn no_time(attempts: &Attempts, tries: u32, limit: Duration, budget: &Budget) -> io::Result<()> {
        attempts.fail()
    }

    let budget = Budget::new();
    let before = budget.balance();
    unclassified(&Attempts::new(), &budget).await.unwrap_err();
    no_time(&Attempts::new(), 5, secs(1), &budget).await.unwrap_err();
    no_time(&Attempts::new(), 1, secs(9), &budget).await.unwrap_err();
    assert!((budget.balance() - before).abs() < f64::EPSILON);
}
