//! A `const fn` runs in the compiler.
use std::io;

use steadfast::timeout;

#[timeout(1s)]
pub const fn port(tls: bool) -> io::Result<u16> {
    if tls { Ok(443) } else { Ok(80) }
}

fn main() {
    println!("{:?}", port(true));
}
