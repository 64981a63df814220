//! `#[bounded(.., key = ..)]`: a limit for each key.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use steadfast::{PolicyError, PolicyErrorKind, bounded, retry, timeout};
use steadfast_tests::{Attempts, ms, record, secs, timed};
use tokio::time::sleep;

struct User {
    id: u64,
    tenant: String,
}

fn user(id: u64, tenant: &str) -> User {
    User { id, tenant: tenant.to_owned() }
}

/// How long a call for each of these keys takes, made at once.
async fn took<K, F: Future>(keys: impl IntoIterator<Item = K>, call: impl Fn(K) -> F) -> Vec<u64> {
    let ended = futures::future::join_all(keys.into_iter().map(|key| timed(call(key)))).await;
    ended.into_iter().map(|(_, took)| took.as_secs()).collect()
}

#[tokio::test(start_paused = true)]
async fn each_key_has_its_own_limit_and_queue() {
    #[bounded(2, key = id)]
    async fn by_parameter(id: u64) {
        sleep(secs(1)).await;
        let _ = id;
    }

    assert_eq!(took([1, 1, 1, 2, 1, 2], by_parameter).await, [1, 1, 2, 1, 2, 1]);
}

#[tokio::test(start_paused = true)]
async fn a_key_is_any_expression_that_can_be_hashed() {
    #[bounded(1, key = user.id)]
    async fn by_field(user: &User) {
        sleep(secs(1)).await;
    }

    #[bounded(1, key = user.tenant.as_str())]
    async fn by_borrow(user: &User) {
        sleep(secs(1)).await;
    }

    #[bounded(1, key = (user.id, &user.tenant))]
    async fn by_tuple(user: &User) {
        sleep(secs(1)).await;
    }

    #[bounded(1, key = user.tenant.to_lowercase())]
    async fn by_computed_value(user: &User) {
        sleep(secs(1)).await;
    }

    let users = [user(1, "shop"), user(2, "shop"), user(1, "SHOP"), user(1, "shop")];
    assert_eq!(took(&users, by_field).await, [1, 1, 2, 3]);
    assert_eq!(took(&users, by_borrow).await, [1, 2, 1, 3]);
    assert_eq!(took(&users, by_tuple).await, [1, 1, 1, 2]);
    assert_eq!(took(&users, by_computed_value).await, [1, 2, 3, 4]);
}

#[tokio::test(start_paused = true)]
async fn the_body_may_take_what_the_key_is_part_of() {
    #[bounded(1, key = user.id)]
    async fn takes(user: User) -> String {
        sleep(secs(1)).await;
        user.tenant
    }

    #[bounded(1, key = name)]
    async fn takes_it_all(name: String) -> String {
        sleep(secs(1)).await;
        name
    }

    assert_eq!(futures::join!(takes(user(1, "a")), takes(user(1, "b"))), ("a".to_owned(), "b".to_owned()));
    assert_eq!(took(["a", "a", "b"], |name| takes_it_all(name.to_owned())).await, [1, 2, 1]);
}

#[tokio::test(start_paused = true)]
async fn it_refuses_by_key() {
    #[bounded(1, key = id, queue = 1)]
    async fn one_waits(id: u64) -> Result<(), PolicyError> {
        sleep(secs(1)).await;
        let _ = id;
        Ok(())
    }

    #[bounded(1, key = id, reject)]
    async fn nobody_waits(id: u64) -> Result<(), PolicyError> {
        sleep(secs(1)).await;
        let _ = id;
        Ok(())
    }

    #[bounded(1, key = id, max_wait = 3s)]
    async fn three_seconds(id: u64, hold: Duration) -> Result<(), PolicyError> {
        sleep(hold).await;
        let _ = id;
        Ok(())
    }

    let (_, _, full, other) = futures::join!(one_waits(1), one_waits(1), one_waits(1), one_waits(2));
    let error = full.unwrap_err();
    other.unwrap();
    assert_eq!(error.function(), "bounded_keyed_attribute::one_waits");
    assert_eq!(
        error.to_string(),
        "`bounded_keyed_attribute::one_waits` is full: 1 callers wait, and at most 1 may"
    );
    let (_, full, other) = futures::join!(nobody_waits(1), nobody_waits(1), nobody_waits(2));
    assert_eq!(full.unwrap_err().kind(), PolicyErrorKind::Full);
    other.unwrap();
    let ((_, _), (late, took)) =
        futures::join!(timed(three_seconds(1, secs(9))), timed(three_seconds(1, secs(9))));
    assert_eq!((late.unwrap_err().elapsed(), took), (secs(3), secs(3)));
}

#[tokio::test(start_paused = true)]
async fn map_err_makes_the_functions_error() {
    #[bounded(1, key = id, reject, map_err = |error| format!("{id}: {:?}", error.kind()))]
    async fn converted(id: u64) -> Result<(), String> {
        sleep(secs(1)).await;
        Ok(())
    }

    assert_eq!(futures::join!(converted(1), converted(1)).1, Err("1: Full".to_owned()));
}

/// The cap is reached by keys that are in use: a new one waits until one of them is idle.
#[tokio::test(start_paused = true)]
async fn max_keys_caps_what_is_kept_and_never_evicts_a_key_in_use() {
    const KEYS: usize = 2;

    #[bounded(1, key = id, max_keys = 2)]
    async fn by_literal(id: u64) {
        sleep(secs(1)).await;
        let _ = id;
    }

    #[bounded(1, key = id, max_keys = KEYS)]
    async fn by_constant(id: u64) {
        sleep(secs(1)).await;
        let _ = id;
    }

    #[bounded(1, key = id, max_keys = 1, reject)]
    async fn refuses(id: u64) -> Result<(), PolicyError> {
        sleep(secs(1)).await;
        let _ = id;
        Ok(())
    }

    assert_eq!(took([1, 2, 3, 4], by_literal).await, [1, 1, 2, 2]);
    assert_eq!(took([1, 2, 1, 3], by_constant).await, [1, 1, 2, 2]);
    let (_, full) = futures::join!(refuses(1), refuses(2));
    assert_eq!(
        full.unwrap_err().to_string(),
        "`bounded_keyed_attribute::refuses` is full: all of its 1 keys are in use"
    );
    refuses(2).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn idle_and_the_limit_may_be_constants() {
    const LIMIT: usize = 2;
    const IDLE: Duration = secs(5);

    #[bounded(LIMIT, key = id, max_keys = 10, idle = IDLE)]
    async fn by_constant(id: u64) {
        sleep(secs(1)).await;
        let _ = id;
    }

    #[bounded(1, key = id, idle = 5s)]
    async fn by_literal(id: u64) {
        sleep(secs(1)).await;
        let _ = id;
    }

    assert_eq!(took([1, 1, 1], by_constant).await, [1, 1, 2]);
    assert_eq!(took([1, 1], by_literal).await, [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_queued_call_that_goes_away_never_starts_its_body_and_leaves_no_trace() {
    #[timeout(total = limit)]
    #[bounded(1, key = id, max_keys = 1)]
    async fn held(attempts: &Attempts, id: u64, limit: Duration) -> Result<(), PolicyError> {
        attempts.begin();
        pending().await
    }

    let attempts = Attempts::new();
    let (a, b, c) = futures::join!(
        timed(held(&attempts, 1, secs(3))),
        timed(held(&attempts, 1, secs(1))),
        timed(held(&attempts, 2, secs(2)))
    );
    assert_eq!((a.1, b.1, c.1), (secs(3), secs(1), secs(2)));
    assert_eq!(attempts.count(), 1, "one in the queue of the key, and one before the cap");
    let (_, took) = timed(held(&attempts, 2, secs(1))).await;
    assert_eq!((attempts.count(), took), (2, secs(1)), "the other key has room now");
}

#[tokio::test(start_paused = true)]
async fn the_key_is_evaluated_once_per_call_and_not_per_attempt() {
    #[retry(on = any, backoff = constant(1s), jitter = none)]
    #[bounded(1, key = { evaluated.begin(); 7 })]
    async fn counted(attempts: &Attempts, evaluated: &Attempts) -> std::io::Result<()> {
        attempts.fail()
    }

    let (attempts, evaluated) = (Attempts::new(), Attempts::new());
    counted(&attempts, &evaluated).await.unwrap_err();
    assert_eq!((attempts.count(), evaluated.count()), (3, 1));
}

#[tokio::test(start_paused = true)]
async fn the_permit_of_a_key_is_released_during_a_backoff() {
    #[retry(on = any, backoff = constant(10s), jitter = none)]
    #[bounded(1, key = id)]
    async fn fails_once(attempts: &Attempts, id: u64, good: u32) -> std::io::Result<u32> {
        sleep(ms(1)).await;
        attempts.fail_before(good)
    }

    let (first, second) = (Attempts::new(), Attempts::new());
    let ((a, _), (b, took)) =
        futures::join!(timed(fails_once(&first, 1, 2)), timed(fails_once(&second, 1, 1)));
    assert_eq!((a.unwrap(), b.unwrap()), (2, 1));
    assert_eq!(took, ms(2), "it came in while the other one paused");
}

#[tokio::test(start_paused = true)]
async fn a_panic_gives_the_permit_of_the_key_back() {
    #[bounded(1, key = id)]
    async fn panics(id: u64, really: bool) {
        sleep(ms(1)).await;
        assert!(!really, "of its own, for {id}");
    }

    tokio::spawn(panics(1, true)).await.unwrap_err();
    tokio::time::timeout(secs(1), panics(1, false)).await.expect("there is a permit");
}

#[tokio::test(start_paused = true)]
async fn the_events_tell_how_long_it_waited() {
    #[bounded(1, key = id)]
    async fn recorded(id: u64) {
        sleep(secs(2)).await;
        let _ = id;
    }

    let events = record!(recorded);
    futures::join!(recorded(1), recorded(1));
    let expected = [
        "started",
        "admitted after 0ns",
        "started",
        "finished Ended in 2s",
        "admitted after 2s",
        "finished Ended in 4s",
    ];
    assert_eq!(events.take(), expected);
}

#[tokio::test(start_paused = true)]
async fn methods_of_any_receiver_have_keys() {
    struct Client {
        region: &'static str,
    }

    impl Client {
        #[bounded(1, key = self.region)]
        async fn by_reference(&self) {
            sleep(secs(1)).await;
        }

        #[bounded(1, key = self.region)]
        async fn by_value(self) {
            sleep(secs(1)).await;
        }

        #[bounded(1, key = self.region)]
        async fn shared(self: Arc<Self>) {
            sleep(secs(1)).await;
        }
    }

    assert_eq!(
        took(["eu", "us", "eu"], |region| async move { Client { region }.by_reference().await }).await,
        [1, 1, 2]
    );
    assert_eq!(took(["eu", "us", "eu"], |region| Client { region }.by_value()).await, [1, 1, 2]);
    assert_eq!(took(["eu", "us", "eu"], |region| Arc::new(Client { region }).shared()).await, [1, 1, 2]);
}
