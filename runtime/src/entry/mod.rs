//! What `#[main]` and `#[test]` run a function on.

#[cfg(feature = "main")]
mod debugging;
#[cfg(feature = "main")]
mod main;
#[cfg(feature = "main")]
mod report;
#[cfg(feature = "main")]
mod signal;
#[cfg(feature = "test")]
mod test;
#[cfg(feature = "main")]
mod tree_signal;

#[cfg(feature = "main")]
pub use main::Main;
#[cfg(feature = "test")]
pub use test::Test;
