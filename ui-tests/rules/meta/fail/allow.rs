//! An `allow` that says too little, or that has no effect.

use std::time::Duration;

#[steadfast::checked]
async fn no_reason() {
    #[steadfast::allow(blocking_sleep)]
    std::thread::sleep(Duration::from_millis(1));
}

#[steadfast::checked]
#[steadfast::allow(blocking_slep, reason = "a slip")]
async fn misspelt() {}

#[steadfast::allow(blocking_slep, reason = "a slip")]
async fn misspelt_on_what_nobody_checks() {}

#[steadfast::allow(blocking_sleep)]
struct NoReason;

#[steadfast::allow(blocking_sleep, reason = "no longer true")]
#[steadfast::checked]
async fn unused() {}

fn main() {}
