//! Standard output.

use std::io::{self, Write};

use crate::failure::Failure;

/// Prints text. A reader that has read enough and gone, as `head` does, is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(Failure::new),
    }
}
