use std::sync::Arc;

use steadfast::{PolicyError, cancel_unsafe, retry, shield, timeout};

#[timeout(2s)]
#[cancel_unsafe]
async fn timeout_above(order: &str) -> Result<(), PolicyError> {
    post(order).await
}

#[cancel_unsafe]
#[timeout(2s)]
async fn timeout_below(order: &str) -> Result<(), PolicyError> {
    post(order).await
}

#[retry(on = any, idempotent)]
#[cancel_unsafe]
#[timeout(attempt = 1s, total = 5s)]
async fn each_attempt(order: &str) -> Result<(), PolicyError> {
    post(order).await
}

struct Journal;

impl Journal {
    #[steadfast::cancel_unsafe]
    #[steadfast::timeout(total = LIMIT)]
    pub async fn append(&mut self, line: &str) -> Result<(), PolicyError> {
        post(line).await
    }
}

#[shield]
#[cancel_unsafe]
async fn shield_above(order: Arc<str>) -> Result<(), PolicyError> {
    post(&order).await
}

#[cancel_unsafe]
#[timeout(2s)]
#[shield]
async fn shield_below(order: Arc<str>) -> Result<(), PolicyError> {
    post(&order).await
}

const LIMIT: std::time::Duration = std::time::Duration::from_secs(1);

async fn post(_: &str) -> Result<(), PolicyError> {
    Ok(())
}

fn main() {
    drop((timeout_above(""), timeout_below(""), each_attempt(""), Journal.append("")));
    drop((shield_above("".into()), shield_below("".into())));
}
