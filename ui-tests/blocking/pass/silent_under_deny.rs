#![deny(warnings, missing_docs, unused, unreachable_pub, missing_debug_implementations)]
//! No lint about the mark.

use steadfast::blocking;

/// Loads.
#[blocking]
pub fn load(name: &str) -> usize {
    inner(name)
}

#[blocking]
fn inner(name: &str) -> usize {
    name.len()
}

/// A store.
#[derive(Debug)]
pub struct Store<T>(T);

impl<T: Clone> Store<T> {
    /// Reads.
    #[blocking]
    pub fn read(&self) -> T {
        self.inner()
    }

    #[blocking(inherent)]
    fn inner(&self) -> T {
        self.0.clone()
    }
}

/// A module with the name of its function.
mod sync {
    /// Waits.
    #[steadfast::blocking(local)]
    pub fn sync() {}
}

pub use sync::sync;

fn main() {
    sync();
    assert_eq!((load("abc"), Store(1).read()), (3, 1));
}
