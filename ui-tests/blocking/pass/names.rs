#![deny(warnings)]
//! The mark does not get in the way of what else has the function's name, nor of where the function stands.

use steadfast::blocking;

/// The name of a type, which code beside it goes on using.
#[blocking]
pub fn char(of: u8) -> char {
    of.into()
}

/// The name of a crate that the function uses.
#[blocking]
pub fn tokio() -> bool {
    matches!((1, [tokio::runtime::Handle::try_current().is_ok()]), (1, [true]))
}

#[blocking]
pub fn anyhow() -> ::anyhow::Error {
    ::anyhow::Error::msg("text")
}

/// Without a body.
pub mod foreign {
    unsafe extern "C" {
        #[steadfast::blocking]
        pub fn getpid() -> i32;
    }
}

trait Load {
    #[blocking]
    fn create() -> Self;

    #[blocking]
    fn load(&self) -> u8;

    #[blocking(inherent)]
    fn size() -> u8 {
        1
    }
}

impl Load for u8 {
    #[blocking]
    fn create() -> Self {
        1
    }

    #[blocking]
    fn load(&self) -> u8 {
        *self
    }

    #[blocking(local)]
    fn size() -> u8 {
        2
    }
}

#[blocking]
const fn constant() -> usize {
    3
}
const THREE: [u8; constant()] = [0; constant()];

#[steadfast::checked]
async fn beside_them(of: char) -> char {
    tokio::task::yield_now().await;
    of
}

fn main() {
    drop(beside_them(char(97)));
    assert!(!tokio());
    assert_eq!(anyhow().to_string(), "text");
    assert_eq!((u8::create().load(), <u8 as Load>::size(), THREE.len()), (1, 2, 3));
}
