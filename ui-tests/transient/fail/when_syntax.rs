//! A condition that is no expression.
use steadfast::Transient;

#[derive(Debug, Transient)]
enum Error {
    #[transient(when = status >=)]
    Http { status: u16 },
    #[transient(when = )]
    Database { code: u32 },
    #[transient(when = code => true)]
    Store { code: u32 },
    Auth,
}

fn main() {
    println!("{:?}", Error::Auth.is_transient());
}
