//! The arguments of `#[transient]`.
use std::time::Duration;

use steadfast::Transient;

#[derive(Debug, Transient)]
enum Error {
    #[transient(afer = 0)]
    Throttled(Duration),
    #[transient(if = status >= 500)]
    Http { status: u16 },
    #[transient(after)]
    Busy(Duration),
    #[transient(when)]
    Database { code: u32 },
    #[transient(after = 0, after = 0)]
    Slow(Duration),
    #[transient(always)]
    Io(std::io::ErrorKind),
    #[transient = true]
    Reset,
    #[transient]
    #[transient(after = 0)]
    Full(Duration),
    Auth,
}

fn main() {
    println!("{}", Error::Auth.is_transient());
}
