//! `tower`: a service that is made once and called through `ready`, by one caller that owns it, which is the cheapest
//! way. A caller that shares it would clone it for each call.
//!
//! Its errors behind a timeout or a shed load are boxed, and the caller has to downcast them. Its retry has no budget
//! unless the policy brings one; `tower::retry::budget` is there for that.

use std::hint::black_box;
use std::io;

use tower::retry::Policy as RetryPolicy;
use tower::{BoxError, Service, ServiceBuilder, ServiceExt, service_fn};

use crate::body::{
    ATTEMPTS, Body, FailsOnce, LIMIT, LONG, Never, Ready, SHORT, Suspends, TOTAL, is_transient,
};
use crate::{Case, Policy, Side, Subject};

/// One call's share of attempts: tower clones the policy for each call.
#[derive(Clone, Debug)]
struct Attempts {
    made: u32,
}

trait Transient {
    fn is_transient(&self) -> bool;
}

impl Transient for io::Error {
    fn is_transient(&self) -> bool {
        is_transient(self)
    }
}

impl Transient for BoxError {
    fn is_transient(&self) -> bool {
        self.is::<tower::timeout::error::Elapsed>() || self.downcast_ref().is_some_and(is_transient)
    }
}

impl<E: Transient> RetryPolicy<u64, u64, E> for Attempts {
    type Future = tokio::time::Sleep;

    fn retry(&mut self, _: &mut u64, result: &mut Result<u64, E>) -> Option<Self::Future> {
        let error = result.as_ref().err()?;
        if self.made >= ATTEMPTS || !error.is_transient() {
            return None;
        }
        let delay = SHORT * 2_u32.saturating_pow(self.made - 1);
        self.made += 1;
        Some(tokio::time::sleep(delay))
    }

    fn clone_request(&mut self, input: &u64) -> Option<u64> {
        Some(*input)
    }
}

const FIRST: Attempts = Attempts { made: 1 };

/// The error of a service, whatever the layers made of it.
trait Service64: Service<u64, Response = u64> {}
impl<S: Service<u64, Response = u64>> Service64 for S {}

async fn call<S: Service64>(service: &mut S, input: u64) -> Result<u64, S::Error> {
    service.ready().await?.call(input).await
}

/// One service, and calls to it one after the other.
fn calls<S: Service64 + 'static>(case: Case, new: impl Fn() -> S + Copy + 'static) -> Subject {
    let size = size_of_val(&call(&mut new(), 0));
    Subject::from_loop(Side::Tower, case, size, move |n| async move {
        let mut service = new();
        for input in 0..n {
            let _ = black_box(call(&mut service, black_box(input)).await);
        }
    })
}

fn under_each_policy<B: Body>(case: fn(Policy) -> Case) -> [Subject; 5] {
    [
        calls(case(Policy::Bounded), || {
            ServiceBuilder::new().concurrency_limit(LIMIT).service(service_fn(B::run))
        }),
        calls(case(Policy::Timeout), || ServiceBuilder::new().timeout(LONG).service(service_fn(B::run))),
        calls(case(Policy::Retry), || ServiceBuilder::new().retry(FIRST).service(service_fn(B::run))),
        calls(case(Policy::All), || {
            ServiceBuilder::new()
                .retry(FIRST)
                .timeout(LONG)
                .concurrency_limit(LIMIT)
                .service(service_fn(B::run))
        }),
        calls(case(Policy::AllInTotal), || {
            ServiceBuilder::new()
                .timeout(TOTAL)
                .retry(FIRST)
                .timeout(LONG)
                .concurrency_limit(LIMIT)
                .service(service_fn(B::run))
        }),
    ]
}

fn refused() -> Subject {
    let new =
        |limit| ServiceBuilder::new().load_shed().concurrency_limit(limit).service(service_fn(Ready::run));
    let size = size_of_val(&call(&mut new(1), 0));
    Subject::from_loop(Side::Tower, Case::Refused, size, move |n| async move {
        let mut service = new(0);
        for input in 0..n {
            black_box(call(&mut service, black_box(input)).await).unwrap_err();
        }
    })
}

pub(super) fn subjects() -> Vec<Subject> {
    let mut subjects = vec![
        calls(Case::OneRetry, || ServiceBuilder::new().retry(FIRST).service(service_fn(FailsOnce::run))),
        refused(),
        calls(Case::TimedOut, || ServiceBuilder::new().timeout(SHORT).service(service_fn(Never::run))),
    ];
    subjects.extend(under_each_policy::<Ready>(Case::Ready));
    subjects.extend(under_each_policy::<Suspends>(Case::Suspends));
    subjects
}
