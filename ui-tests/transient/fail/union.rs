//! A union has no variants to judge.
use steadfast::Transient;

#[derive(Transient)]
union Code {
    status: u16,
    errno: i32,
}

fn main() {
    let code = Code { status: 503 };
    let _ = code;
}
