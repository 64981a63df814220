//! What a caller gets at the limit: the error as it is, an error made of it, or a value.

use std::future::pending;
use std::sync::atomic::{AtomicU32, Ordering};

use steadfast::{PolicyError, PolicyErrorKind, timeout};
use steadfast_tests::{secs, timed};
use tokio::time::sleep;

/// Has no `From<PolicyError>`, and could not have one if it came from another crate.
#[derive(Debug, PartialEq)]
enum Foreign {
    Late { function: &'static str, step: u32 },
    Other,
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` asks for")]
fn to_foreign(error: PolicyError) -> Foreign {
    Foreign::Late { function: error.function(), step: 0 }
}

#[timeout(1s, map_err = to_foreign)]
async fn by_path() -> Result<(), Foreign> {
    pending().await
}

#[timeout(1s, map_err = |error| Foreign::Late { function: error.function(), step })]
async fn by_closure(step: u32) -> Result<(), Foreign> {
    pending().await
}

#[timeout(1s, map_err = to_foreign)]
async fn fails_by_itself() -> Result<(), Foreign> {
    sleep(secs(0)).await;
    Err(Foreign::Other)
}

#[tokio::test(start_paused = true)]
async fn map_err_makes_the_functions_error() {
    assert_eq!(by_path().await, Err(Foreign::Late { function: "timeout::conversion::by_path", step: 0 }));
    assert_eq!(
        by_closure(7).await,
        Err(Foreign::Late { function: "timeout::conversion::by_closure", step: 7 })
    );
    assert_eq!(fails_by_itself().await, Err(Foreign::Other));
}

#[timeout(1s, on_elapsed = Vec::new())]
async fn a_list() -> Vec<u32> {
    sleep(secs(60)).await;
    vec![1]
}

#[timeout(2s, on_elapsed = Ok(format!("{name} is late")))]
async fn in_a_result(name: &str) -> Result<String, u8> {
    sleep(secs(60)).await;
    Err(1)
}

#[timeout(3s, on_elapsed = ())]
async fn nothing() {
    pending::<()>().await;
}

#[tokio::test(start_paused = true)]
async fn on_elapsed_gives_the_value_of_any_return_type() {
    assert_eq!(timed(a_list()).await, (vec![], secs(1)));
    assert_eq!(timed(in_a_result("mail")).await, (Ok("mail is late".to_owned()), secs(2)));
    assert_eq!(timed(nothing()).await, ((), secs(3)));
}

#[tokio::test(start_paused = true)]
async fn on_elapsed_is_evaluated_at_the_limit_only() {
    static EVALUATED: AtomicU32 = AtomicU32::new(0);

    fn fallback() -> u32 {
        EVALUATED.fetch_add(1, Ordering::Relaxed) + 100
    }

    #[timeout(1s, on_elapsed = fallback())]
    async fn late(seconds: u64) -> u32 {
        sleep(secs(seconds)).await;
        1
    }

    assert_eq!(late(0).await, 1);
    assert_eq!(EVALUATED.load(Ordering::Relaxed), 0);
    assert_eq!(late(2).await, 100);
    assert_eq!(EVALUATED.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn an_alias_of_result_is_one() {
    type Answer<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

    #[timeout(1s)]
    async fn aliased() -> Answer<u8> {
        pending().await
    }

    let error = aliased().await.unwrap_err();
    let policy = error.downcast_ref::<PolicyError>().expect("it is kept as it is");
    assert_eq!(policy.kind(), PolicyErrorKind::TimedOut);
}
