//! Every way to write a limit.

use std::future::pending;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use steadfast::{PolicyError, PolicyErrorKind, timeout};
use steadfast_tests::{ms, secs, timed};
use tokio::time::sleep;

type Outcome = Result<(), PolicyError>;

const LIMIT: Duration = secs(3);

struct Client {
    query: Duration,
}

impl Client {
    const LIMIT: Duration = secs(4);

    #[timeout(Self::LIMIT)]
    async fn by_associated_constant(&self) -> Outcome {
        pending().await
    }

    #[timeout(attempt = self.query)]
    async fn by_field(&self) -> Outcome {
        pending().await
    }

    #[timeout(total = self.query * 2 + 500ms)]
    async fn by_expression(&self) -> Outcome {
        pending().await
    }

    fn limit_of(&self, tenant: &str) -> Duration {
        self.query * u32::try_from(tenant.len()).expect("a short name")
    }

    #[timeout(self.limit_of(tenant).min(9s))]
    async fn by_method(&self, tenant: &str) -> Outcome {
        pending().await
    }
}

#[timeout(2s)]
async fn literal() -> Outcome {
    pending().await
}

#[timeout(5)]
async fn bare_seconds() -> Outcome {
    pending().await
}

#[timeout(0.25)]
async fn bare_fraction() -> Outcome {
    pending().await
}

#[timeout(attempt = 2s)]
async fn attempt() -> Outcome {
    pending().await
}

#[timeout(attempt = 2)]
async fn attempt_in_bare_seconds() -> Outcome {
    pending().await
}

#[timeout(total = 10s)]
async fn total() -> Outcome {
    pending().await
}

/// Without a retry there is one attempt, and the shorter one ends it.
#[timeout(attempt = 2s, total = 10s)]
async fn both() -> Outcome {
    pending().await
}

#[timeout(LIMIT)]
async fn constant() -> Outcome {
    pending().await
}

#[timeout(total = limit)]
async fn parameter(limit: Duration) -> Outcome {
    pending().await
}

#[timeout(Duration::from_millis(millis))]
async fn built(millis: u64) -> Outcome {
    pending().await
}

#[timeout(if patient { 8s } else { 1s })]
async fn chosen(patient: bool) -> Outcome {
    pending().await
}

#[steadfast::timeout(6s)]
async fn by_path() -> Outcome {
    pending().await
}

#[timeout(7s, crate = "crate::forms::renamed::runtime")]
async fn by_another_name() -> Outcome {
    pending().await
}

mod renamed {
    pub(super) use steadfast as runtime;
}

#[tokio::test(start_paused = true)]
async fn every_form_of_a_limit_is_the_limit() {
    let client = Client { query: secs(1) };
    let table = [
        ("2s", timed(literal()).await, secs(2)),
        ("5", timed(bare_seconds()).await, secs(5)),
        ("0.25", timed(bare_fraction()).await, ms(250)),
        ("attempt = 2s", timed(attempt()).await, secs(2)),
        ("attempt = 2", timed(attempt_in_bare_seconds()).await, secs(2)),
        ("total = 10s", timed(total()).await, secs(10)),
        ("attempt = 2s, total = 10s", timed(both()).await, secs(2)),
        ("LIMIT", timed(constant()).await, secs(3)),
        ("total = limit", timed(parameter(ms(1_500))).await, ms(1_500)),
        ("Duration::from_millis(millis)", timed(built(700)).await, ms(700)),
        ("if patient", timed(chosen(true)).await, secs(8)),
        ("if not patient", timed(chosen(false)).await, secs(1)),
        ("steadfast::timeout", timed(by_path()).await, secs(6)),
        ("crate = ..", timed(by_another_name()).await, secs(7)),
        ("Self::LIMIT", timed(client.by_associated_constant()).await, secs(4)),
        ("self.query", timed(client.by_field()).await, secs(1)),
        ("self.query * 2 + 500ms", timed(client.by_expression()).await, ms(2_500)),
        ("self.limit_of(tenant).min(9s)", timed(client.by_method("shop")).await, secs(4)),
        ("self.limit_of(tenant).min(9s), cut", timed(client.by_method("a longer name")).await, secs(9)),
    ];
    for (form, (outcome, took), expected) in table {
        assert_eq!(outcome.unwrap_err().kind(), PolicyErrorKind::TimedOut, "{form}");
        assert_eq!(took, expected, "{form}");
    }
}

/// A constant of a type parameter is no constant of the function, and works all the same.
#[tokio::test(start_paused = true)]
async fn a_constant_of_a_type_parameter_is_the_limit() {
    trait Tier {
        const PATIENCE: Duration;
    }
    struct Free;
    struct Paid;
    impl Tier for Free {
        const PATIENCE: Duration = secs(1);
    }
    impl Tier for Paid {
        const PATIENCE: Duration = secs(2);
    }

    #[timeout(T::PATIENCE)]
    async fn patient<T: Tier>() -> Outcome {
        pending().await
    }

    assert_eq!(timed(patient::<Free>()).await.1, secs(1));
    assert_eq!(timed(patient::<Paid>()).await.1, secs(2));
}

#[tokio::test(start_paused = true)]
async fn an_expression_is_evaluated_once_per_call_and_before_the_body() {
    static EVALUATED: AtomicU32 = AtomicU32::new(0);

    fn next_limit() -> Duration {
        secs(u64::from(EVALUATED.fetch_add(1, Ordering::Relaxed) + 1))
    }

    #[timeout(next_limit())]
    async fn limited(call: u32) -> Outcome {
        assert_eq!(EVALUATED.load(Ordering::Relaxed), call);
        sleep(ms(1)).await;
        pending().await
    }

    assert_eq!(timed(limited(1)).await.1, secs(1));
    assert_eq!(timed(limited(2)).await.1, secs(2));
    assert_eq!(EVALUATED.load(Ordering::Relaxed), 2);
}
