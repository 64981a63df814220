//! The same with tokio alone, as a careful engineer writes it: no trait, no helper that takes a future, no box.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::sleep;

use crate::body::{ATTEMPTS, Body, FailsOnce, LIMIT, LONG, Never, Ready, SHORT, TOTAL, is_transient};
use crate::{Case, Policy, Side, Subject};

pub(super) static PERMITS: Semaphore = Semaphore::const_new(LIMIT);

macro_rules! around {
    ($body:ident as $module:ident) => {
        mod $module {
            use super::*;
            use crate::body::$body;

            async fn bounded(input: u64) -> io::Result<u64> {
                let _permit = PERMITS.acquire().await.expect("never closed");
                $body::run(input).await
            }

            async fn timeout(input: u64) -> io::Result<u64> {
                match tokio::time::timeout(LONG, $body::run(input)).await {
                    Ok(outcome) => outcome,
                    Err(_) => Err(io::ErrorKind::TimedOut.into()),
                }
            }

            async fn retry_without_budget(input: u64) -> io::Result<u64> {
                let mut attempt = 1;
                loop {
                    match $body::run(input).await {
                        Err(error) if attempt < ATTEMPTS && is_transient(&error) => {
                            sleep(delay(attempt)).await
                        }
                        outcome => return outcome,
                    }
                    attempt += 1;
                }
            }

            async fn retry(input: u64) -> io::Result<u64> {
                let mut attempt = 1;
                loop {
                    match $body::run(input).await {
                        Ok(value) => {
                            BUDGET.deposit();
                            return Ok(value);
                        }
                        Err(error) if attempt < ATTEMPTS && is_transient(&error) && BUDGET.try_withdraw() => {
                            sleep(delay(attempt)).await;
                        }
                        Err(error) => return Err(error),
                    }
                    attempt += 1;
                }
            }

            async fn all(input: u64) -> io::Result<u64> {
                let mut attempt = 1;
                loop {
                    let limited = tokio::time::timeout(LONG, async {
                        let _permit = PERMITS.acquire().await.expect("never closed");
                        $body::run(input).await
                    });
                    match limited.await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
                        Ok(value) => {
                            BUDGET.deposit();
                            return Ok(value);
                        }
                        Err(error) if attempt < ATTEMPTS && is_transient(&error) && BUDGET.try_withdraw() => {
                            sleep(delay(attempt)).await;
                        }
                        Err(error) => return Err(error),
                    }
                    attempt += 1;
                }
            }

            async fn all_in_total(input: u64) -> io::Result<u64> {
                match tokio::time::timeout(TOTAL, all(input)).await {
                    Ok(outcome) => outcome,
                    Err(_) => Err(io::ErrorKind::TimedOut.into()),
                }
            }

            pub(super) fn subjects(case: fn(Policy) -> Case) -> [Subject; 7] {
                let side = Side::ByHand;
                [
                    Subject::new(side, case(Policy::Nothing), $body::run),
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

async fn fails_once(input: u64) -> io::Result<u64> {
    let mut attempt = 1;
    loop {
        match FailsOnce::run(input).await {
            Ok(value) => {
                BUDGET.deposit();
                return Ok(value);
            }
            Err(error) if attempt < ATTEMPTS && is_transient(&error) && BUDGET.try_withdraw() => {
                sleep(delay(attempt)).await;
            }
            Err(error) => return Err(error),
        }
        attempt += 1;
    }
}

pub(super) fn delay(attempt: u32) -> Duration {
    SHORT * 2_u32.saturating_pow(attempt - 1)
}

/// A count of tokens: the simplest budget that a service could have. It never forgets, unlike ours.
pub(super) struct Budget(AtomicUsize);

pub(super) static BUDGET: Budget = Budget(AtomicUsize::new(100 * Budget::RETRY));

impl Budget {
    /// One retry for five successes.
    const RETRY: usize = 5;

    pub(super) fn deposit(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn try_withdraw(&self) -> bool {
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| tokens.checked_sub(Self::RETRY));
        taken.is_ok()
    }
}

static ALONE: Semaphore = Semaphore::const_new(1);

async fn alone<B: Body>(input: u64) -> io::Result<u64> {
    let Ok(_permit) = ALONE.try_acquire() else { return Err(io::ErrorKind::ResourceBusy.into()) };
    B::run(input).await
}

async fn refused(n: u64) {
    let _inside = ALONE.acquire().await;
    for input in 0..n {
        std::hint::black_box(alone::<Ready>(input).await).unwrap_err();
    }
}

async fn timed_out(input: u64) -> io::Result<u64> {
    match tokio::time::timeout(SHORT, Never::run(input)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

pub(super) fn subjects() -> Vec<Subject> {
    let side = Side::ByHand;
    let mut subjects = vec![
        Subject::new(side, Case::OneRetry, fails_once),
        Subject::from_loop(side, Case::Refused, size_of_val(&alone::<Ready>(0)), refused),
        Subject::new(side, Case::TimedOut, timed_out),
    ];
    subjects.extend(ready::subjects(Case::Ready));
    subjects.extend(suspends::subjects(Case::Suspends));
    subjects
}
