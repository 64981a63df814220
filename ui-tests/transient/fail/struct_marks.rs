//! On a struct the marks stand on the struct.
use std::time::Duration;

use steadfast::Transient;

#[derive(Debug, Transient)]
#[transient(after = delay)]
struct Throttled {
    retry_after: Duration,
}

#[derive(Debug, Transient)]
#[policy]
struct Wrapped {
    error: steadfast::PolicyError,
    path: String,
}

#[derive(Debug, Transient)]
struct Marked {
    #[transient]
    status: u16,
}

fn main() {
    println!("{:?}", Throttled { retry_after: Duration::ZERO }.retry_after());
}
