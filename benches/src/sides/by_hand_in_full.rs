//! By hand, with what the attributes do beyond the obvious: a timeout hands its deadline down to the calls inside, and
//! an attempt tells the calls inside that it is one. Both in a task-local of tokio.

use std::io;

use tokio::time::{Instant, sleep, timeout_at};

use super::by_hand::{BUDGET, PERMITS, delay};
use crate::body::{ATTEMPTS, Body, LONG, TOTAL, is_transient};
use crate::{Case, Policy, Side, Subject};

tokio::task_local! {
    static DEADLINE: Instant;
    static RETRYING: &'static str;
}

const NAME: &str = "benches";

/// The earlier of the own and the enclosing deadline.
fn deadline(own: Instant) -> Instant {
    DEADLINE.try_with(|outer| own.min(*outer)).unwrap_or(own)
}

/// A retried call inside another one's attempt makes one attempt.
fn attempts() -> u32 {
    if RETRYING.try_with(|_| ()).is_ok() { 1 } else { ATTEMPTS }
}

macro_rules! around {
    ($body:ident as $module:ident) => {
        mod $module {
            use super::*;
            use crate::body::$body;

            async fn timeout(input: u64) -> io::Result<u64> {
                let deadline = deadline(Instant::now() + LONG);
                match timeout_at(deadline, DEADLINE.scope(deadline, $body::run(input))).await {
                    Ok(outcome) => outcome,
                    Err(_) => Err(io::ErrorKind::TimedOut.into()),
                }
            }

            async fn retry_without_budget(input: u64) -> io::Result<u64> {
                let attempts = attempts();
                let mut attempt = 1;
                loop {
                    match RETRYING.scope(NAME, $body::run(input)).await {
                        Err(error) if attempt < attempts && is_transient(&error) => {
                            sleep(delay(attempt)).await;
                        }
                        outcome => return outcome,
                    }
                    attempt += 1;
                }
            }

            async fn retry(input: u64) -> io::Result<u64> {
                let attempts = attempts();
                let mut attempt = 1;
                loop {
                    match RETRYING.scope(NAME, $body::run(input)).await {
                        Ok(value) => {
                            BUDGET.deposit();
                            return Ok(value);
                        }
                        Err(error) if attempt < attempts && is_transient(&error) && BUDGET.try_withdraw() => {
                            sleep(delay(attempt)).await;
                        }
                        Err(error) => return Err(error),
                    }
                    attempt += 1;
                }
            }

            async fn all(input: u64) -> io::Result<u64> {
                let attempts = attempts();
                let mut attempt = 1;
                loop {
                    let deadline = deadline(Instant::now() + LONG);
                    let bounded = DEADLINE.scope(deadline, async {
                        let _permit = PERMITS.acquire().await.expect("never closed");
                        $body::run(input).await
                    });
                    let limited = timeout_at(deadline, RETRYING.scope(NAME, bounded));
                    match limited.await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
                        Ok(value) => {
                            BUDGET.deposit();
                            return Ok(value);
                        }
                        Err(error) if attempt < attempts && is_transient(&error) && BUDGET.try_withdraw() => {
                            sleep(delay(attempt)).await;
                        }
                        Err(error) => return Err(error),
                    }
                    attempt += 1;
                }
            }

            async fn all_in_total(input: u64) -> io::Result<u64> {
                let deadline = deadline(Instant::now() + TOTAL);
                match timeout_at(deadline, DEADLINE.scope(deadline, all(input))).await {
                    Ok(outcome) => outcome,
                    Err(_) => Err(io::ErrorKind::TimedOut.into()),
                }
            }

            pub(super) fn subjects(case: fn(Policy) -> Case) -> [Subject; 5] {
                let side = Side::ByHandInFull;
                [
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

pub(super) fn subjects() -> Vec<Subject> {
    let mut subjects = Vec::from(ready::subjects(Case::Ready));
    subjects.extend(suspends::subjects(Case::Suspends));
    subjects
}
