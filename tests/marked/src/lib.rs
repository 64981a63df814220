//! Another crate, with functions that its owner marked with `#[steadfast::blocking]` and `#[steadfast::cancel_unsafe]`.
#![deny(warnings, unused, unreachable_pub)]

use steadfast::blocking;

/// Reads something.
#[blocking]
#[must_use]
pub fn load(name: &str) -> usize {
    name.len()
}

/// Writes something.
#[blocking]
pub fn save<T: AsRef<str>>(name: T, times: usize) -> usize {
    name.as_ref().len() * times
}

/// Shows what it reads, and how much is left.
#[blocking]
pub fn each_row(show: impl Fn(&str, Option<usize>) -> usize) -> usize {
    show("row", Some(1))
}

/// Has a keyword for its name.
#[blocking]
#[must_use]
pub fn r#match() -> usize {
    1
}

/// Does not wait for anything.
#[must_use]
pub fn count(name: &str) -> usize {
    name.len()
}

pub mod orders;

pub mod files {
    //! Functions one module below.

    use steadfast::blocking;

    /// Looks at everything.
    #[blocking]
    #[must_use]
    pub fn scan() -> usize {
        2
    }
}

pub mod remote {
    //! Functions with the names of others.

    use steadfast::blocking;

    /// Reads something from elsewhere.
    #[blocking]
    #[must_use]
    pub fn load(name: &str) -> usize {
        name.len() + 1
    }

    /// Does not wait for anything.
    #[must_use]
    pub fn scan() -> usize {
        3
    }
}

pub use files::scan;
/// Under another name.
pub use files::scan as look;

/// A database.
#[derive(Debug, Default)]
pub struct Database {
    rows: usize,
}

impl Database {
    /// Opens it.
    #[blocking]
    #[must_use]
    pub fn open() -> Self {
        Self { rows: 3 }
    }

    /// Reads.
    #[blocking]
    #[must_use]
    pub fn query(&self, text: &str) -> usize {
        self.rows + text.len()
    }

    /// Writes.
    #[blocking]
    pub fn vacuum(&mut self) {
        self.rows = 0;
    }

    /// Does not wait for anything.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }
}
