//! `tower-resilience`: layers over `tower`, called as in `tower.rs`. Each layer boxes its future. Its events are
//! compiled out of this build (no `tracing`, no `metrics`), but it reads the clock for them; it has no listeners here.
//! Its retry can take a budget, which is left out.

use std::hint::black_box;
use std::io;

use tower::{Service, ServiceBuilder, ServiceExt, service_fn};
use tower_resilience_bulkhead::{BulkheadLayer, BulkheadServiceError};
use tower_resilience_retry::{ExponentialBackoff, RetryLayer};
use tower_resilience_timelimiter::{FixedTimeout, TimeLimiterError, TimeLimiterLayer};

use crate::body::{
    ATTEMPTS, Body, FailsOnce, LIMIT, LONG, Never, Ready, SHORT, Suspends, TOTAL, is_transient,
};
use crate::{Case, Policy, Side, Subject};

fn bulkhead() -> BulkheadLayer {
    // `backpressure`: waits in `poll_ready`, as tower's own does.
    BulkheadLayer::builder().max_concurrent_calls(LIMIT).backpressure().build().expect("a valid bulkhead")
}

fn timeout(limit: std::time::Duration) -> TimeLimiterLayer<FixedTimeout> {
    TimeLimiterLayer::builder().timeout_duration(limit).build()
}

fn retry<E: Send + 'static>(on: fn(&E) -> bool) -> RetryLayer<u64, u64, E> {
    RetryLayer::builder()
        .max_attempts(ATTEMPTS as usize)
        .backoff(ExponentialBackoff::new(SHORT))
        .retry_on(on)
        .build()
}

fn limited_is_transient(error: &TimeLimiterError<BulkheadServiceError<io::Error>>) -> bool {
    match error {
        TimeLimiterError::Inner(BulkheadServiceError::Inner(error)) => is_transient(error),
        _ => true,
    }
}

trait Service64: Service<u64, Response = u64> {}
impl<S: Service<u64, Response = u64>> Service64 for S {}

async fn call<S: Service64>(service: &mut S, input: u64) -> Result<u64, S::Error> {
    service.ready().await?.call(input).await
}

/// One service, and calls to it one after the other. A boxed future counts with the size of its box alone.
fn calls<S: Service64 + 'static>(case: Case, new: impl Fn() -> S + Copy + 'static) -> Subject {
    let size = size_of_val(&call(&mut new(), 0));
    Subject::from_loop(Side::TowerResilience, case, size, move |n| async move {
        let mut service = new();
        for input in 0..n {
            let _ = black_box(call(&mut service, black_box(input)).await);
        }
    })
}

fn under_each_policy<B: Body>(case: fn(Policy) -> Case) -> [Subject; 5] {
    [
        calls(case(Policy::Bounded), || ServiceBuilder::new().layer(bulkhead()).service(service_fn(B::run))),
        calls(case(Policy::Timeout), || {
            ServiceBuilder::new().layer(timeout(LONG)).service(service_fn(B::run))
        }),
        calls(case(Policy::Retry), || {
            ServiceBuilder::new().layer(retry(is_transient)).service(service_fn(B::run))
        }),
        calls(case(Policy::All), || {
            ServiceBuilder::new()
                .layer(retry(limited_is_transient))
                .layer(timeout(LONG))
                .layer(bulkhead())
                .service(service_fn(B::run))
        }),
        calls(case(Policy::AllInTotal), || {
            ServiceBuilder::new()
                .layer(timeout(TOTAL))
                .layer(retry(limited_is_transient))
                .layer(timeout(LONG))
                .layer(bulkhead())
                .service(service_fn(B::run))
        }),
    ]
}

pub(super) fn subjects() -> Vec<Subject> {
    let mut subjects = vec![
        calls(Case::OneRetry, || {
            ServiceBuilder::new().layer(retry(is_transient)).service(service_fn(FailsOnce::run))
        }),
        calls(Case::TimedOut, || ServiceBuilder::new().layer(timeout(SHORT)).service(service_fn(Never::run))),
    ];
    subjects.extend(under_each_policy::<Ready>(Case::Ready));
    subjects.extend(under_each_policy::<Suspends>(Case::Suspends));
    subjects
}
