//! A hint is a `Duration` or an `Option` of one.
use steadfast::Transient;

#[derive(Debug, Transient)]
enum Error {
    #[transient(after = 0)]
    Throttled(u64),
    #[transient(after = retry_after)]
    Busy { retry_after: Option<String> },
    Auth,
}

fn main() {
    println!("{:?}", Error::Auth.retry_after());
}
