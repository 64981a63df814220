//! The attributes.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::task::Poll;

use steadfast::{bounded, retry, timeout};

use crate::body::{
    ATTEMPTS, Body, FailsOnce, LIMIT, LONG, Never, Ready, SHORT, Suspends, TOTAL, is_transient,
};
use crate::{Case, Policy, Side, Subject};

#[bounded(LIMIT)]
async fn bounded<B: Body>(input: u64) -> io::Result<u64> {
    B::run(input).await
}

#[timeout(LONG)]
async fn timeout<B: Body>(input: u64) -> io::Result<u64> {
    B::run(input).await
}

#[retry(on = is_transient, attempts = ATTEMPTS, backoff = exp(SHORT), jitter = none)]
async fn retry<B: Body>(input: u64) -> io::Result<u64> {
    B::run(input).await
}

#[retry(on = is_transient, attempts = ATTEMPTS, backoff = exp(SHORT), jitter = none, budget = none)]
async fn retry_without_budget<B: Body>(input: u64) -> io::Result<u64> {
    B::run(input).await
}

#[timeout(attempt = LONG)]
#[retry(on = is_transient, attempts = ATTEMPTS, backoff = exp(SHORT), jitter = none)]
#[bounded(LIMIT)]
async fn all<B: Body>(input: u64) -> io::Result<u64> {
    B::run(input).await
}

#[timeout(attempt = LONG, total = TOTAL)]
#[retry(on = is_transient, attempts = ATTEMPTS, backoff = exp(SHORT), jitter = none)]
#[bounded(LIMIT)]
async fn all_in_total<B: Body>(input: u64) -> io::Result<u64> {
    B::run(input).await
}

#[bounded(1, reject)]
async fn alone<B: Body>(input: u64) -> io::Result<u64> {
    B::run(input).await
}

#[timeout(SHORT)]
async fn timed_out(input: u64) -> io::Result<u64> {
    Never::run(input).await
}

async fn refused(n: u64) {
    let mut inside = pin!(alone::<Never>(0));
    poll_fn(|cx| Poll::Ready(inside.as_mut().poll(cx).is_pending())).await;
    for input in 0..n {
        std::hint::black_box(alone::<Ready>(input).await).unwrap_err();
    }
}

fn under_each_policy<B: Body>(case: fn(Policy) -> Case) -> [Subject; 6] {
    let side = Side::Steadfast;
    [
        Subject::new(side, case(Policy::Bounded), bounded::<B>),
        Subject::new(side, case(Policy::Timeout), timeout::<B>),
        Subject::new(side, case(Policy::Retry), retry::<B>),
        Subject::new(side, case(Policy::RetryWithoutBudget), retry_without_budget::<B>),
        Subject::new(side, case(Policy::All), all::<B>),
        Subject::new(side, case(Policy::AllInTotal), all_in_total::<B>),
    ]
}

pub(super) fn subjects() -> Vec<Subject> {
    let side = Side::Steadfast;
    let mut subjects = vec![
        Subject::new(side, Case::OneRetry, retry::<FailsOnce>),
        Subject::from_loop(side, Case::Refused, size_of_val(&alone::<Ready>(0)), refused),
        Subject::new(side, Case::TimedOut, timed_out),
    ];
    subjects.extend(under_each_policy::<Ready>(Case::Ready));
    subjects.extend(under_each_policy::<Suspends>(Case::Suspends));
    subjects
}
