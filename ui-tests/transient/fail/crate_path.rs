//! Where the runtime is.
use steadfast::Transient;

#[derive(Debug, Transient)]
#[transient(crate = "my crate")]
enum Error {
    #[transient]
    Reset,
    Auth,
}

fn main() {
    println!("{:?}", Error::Auth.is_transient());
}
