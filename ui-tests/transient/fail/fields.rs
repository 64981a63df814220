//! `after` names a field of the variant.
use std::time::Duration;

use steadfast::Transient;

#[derive(Debug, Transient)]
enum Error {
    #[transient(after = 1)]
    Throttled(Duration),
    #[transient(after = retry_in)]
    Busy { retry_after: Duration, path: String },
    #[transient(after = 0)]
    Reset,
    #[transient(after = 5s)]
    Slow(Duration),
    Auth,
}

fn main() {
    println!("{:?}", Error::Auth.retry_after());
}
