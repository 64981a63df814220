//! The unit tests of the tour's parts.
//!
//! Cargo builds an example either as a program or as its tests. `tests/tour.rs` needs the program, so the tests are
//! built here.

#[path = "../examples/tour/main.rs"]
#[allow(dead_code, reason = "only the tests are called")]
mod tour;
