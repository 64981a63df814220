//! The error of a discarded task needs somewhere to go.
use std::io;

use steadfast::must_join;

async fn flush() -> io::Result<()> {
    Ok(())
}

#[must_join]
async fn returns_nothing() {
    tokio::spawn(flush());
}

#[must_join]
async fn other_error() -> Result<(), std::num::ParseIntError> {
    tokio::spawn(flush());
    Ok(())
}

#[must_join(on_error = log)]
async fn logged() {
    tokio::spawn(flush());
}

fn main() {
    let _ = (returns_nothing(), other_error(), logged());
}
