//! The field of `#[policy]` is a `PolicyError`.
use std::io;

use steadfast::Transient;

#[derive(Debug, Transient)]
enum Error {
    #[policy]
    Policy(io::Error),
    Auth,
}

#[derive(Debug, Transient)]
enum Named {
    #[policy]
    Policy { source: Box<steadfast::PolicyError> },
    Auth,
}

fn main() {
    println!("{:?} {:?}", Error::Auth, Named::Auth);
}
