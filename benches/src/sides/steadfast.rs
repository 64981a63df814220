//! The attributes.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::task::Poll;

use steadfast::{bounded, retry, timeout};

use crate::body::{ATTEMPTS, Body, FailsOnce, LIMIT, LONG, Never, Ready, SHORT, TOTAL, is_transient};
use crate::{Case, Policy, Side, Subject};

/// The same functions around another body. Not generic ones: their statics would be out of the optimizer's sight.
macro_rules! around {
    ($body:ident as $module:ident) => {
        mod $module {
            use super::*;
            use crate::body::$body;

            #[bounded(LIMIT)]
            async fn bounded(input: u64) -> io::Result<u64> {
                $body::run(input).await
            }

            #[timeout(LONG)]
            async fn timeout(input: u64) -> io::Result<u64> {
                $body::run(input).await
            }

            #[retry(on = is_transient, attempts = ATTEMPTS, backoff = exp(SHORT), jitter = none)]
            async fn retry(input: u64) -> io::Result<u64> {
                $body::run(input).await
            }

            #[retry(on = is_transient, attempts = ATTEMPTS, backoff = exp(SHORT), jitter = none, budget = none)]
            async fn retry_without_budget(input: u64) -> io::Result<u64> {
                $body::run(input).await
            }

            #[timeout(attempt = LONG)]
            #[retry(on = is_transient, attempts = ATTEMPTS, backoff = exp(SHORT), jitter = none)]
            #[bounded(LIMIT)]
            async fn all(input: u64) -> io::Result<u64> {
                $body::run(input).await
            }

            #[timeout(attempt = LONG, total = TOTAL)]
            #[retry(on = is_transient, attempts = ATTEMPTS, backoff = exp(SHORT), jitter = none)]
            #[bounded(LIMIT)]
            async fn all_in_total(input: u64) -> io::Result<u64> {
                $body::run(input).await
            }

            pub(super) fn subjects(case: fn(Policy) -> Case) -> [Subject; 6] {
                let side = Side::Steadfast;
                [
                    Subject::new(side, case(Policy::Bounded), bounded),
                    Subject::new(side, case(Policy::Timeout), timeout),
                    Subject::new(side, case(Policy::Retry), retry),
                    Subject::new(side, case(Policy::RetryWithoutBudget), retry_without_budget),
                    Subject::new(side, case(Policy::All), all),
                    Subject::new(side, case(Policy::AllInTotal), all_in_total),
                ]
            }
        }
    };
}

around!(Ready as ready);
around!(Suspends as suspends);

#[retry(on = is_transient, attempts = ATTEMPTS, backoff = exp(SHORT), jitter = none)]
async fn fails_once(input: u64) -> io::Result<u64> {
    FailsOnce::run(input).await
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

pub(super) fn subjects() -> Vec<Subject> {
    let side = Side::Steadfast;
    let mut subjects = vec![
        Subject::new(side, Case::OneRetry, fails_once),
        Subject::from_loop(side, Case::Refused, size_of_val(&alone::<Ready>(0)), refused),
        Subject::new(side, Case::TimedOut, timed_out),
    ];
    subjects.extend(ready::subjects(Case::Ready));
    subjects.extend(suspends::subjects(Case::Suspends));
    subjects
}
