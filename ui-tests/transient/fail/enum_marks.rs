//! Marks on the wrong place: on the enum, and on a field.
use std::io;

use steadfast::Transient;

#[derive(Debug, Transient)]
#[transient]
enum Error {
    Io(io::ErrorKind),
    Auth,
}

#[derive(Debug, Transient)]
enum Fields {
    Io(#[transient] io::ErrorKind),
    Policy(#[policy] steadfast::PolicyError),
}

fn main() {
    println!("{:?} {:?}", Error::Auth.is_transient(), Fields::Io(io::ErrorKind::NotFound).is_transient());
}
