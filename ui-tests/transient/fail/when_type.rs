//! `when` is a condition over the fields; rustc judges it at the user's tokens.
use steadfast::Transient;

#[derive(Debug, Transient)]
enum Error {
    #[transient(when = status)]
    Http { status: u16 },
    #[transient(when = code >= "500")]
    Database { code: u32 },
    #[transient(when = kind == Kind::Busy)]
    Store { code: u32 },
    #[transient(when = text.is_emty())]
    Text { text: String },
    Auth,
}

fn main() {
    println!("{:?}", Error::Auth.is_transient());
}
