//! MJ009 and MJ010: unknown arguments, and numbers that make no sense. All at once.
use std::time::Duration;

use steadfast::must_join;

const NONE: usize = 0;

#[must_join(garce = 2s, deadline = 3s, nonsense = 1)]
async fn unknown() {}

#[must_join(limit = 0, timeout = 0s)]
async fn zero() -> Result<(), steadfast::PolicyError> {
    Ok(())
}

#[must_join(limit = NONE)]
async fn zero_constant() {}

#[must_join(8, grace = 2, grace = 3s, strict = true, cancel = "gracefull", panics = abort, on_error(cancel))]
async fn forms() {}

#[must_join(spawn_paths(), map_err = Error::from)]
async fn empty() {}

#[must_join(grace = Duration::ZERO, limit = "many")]
async fn types() {}

fn main() {
    let _ = (unknown(), zero(), zero_constant(), forms(), empty(), types());
}
