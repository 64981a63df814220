//! What types of your own are to `#[checked]`.
//!
//! Some rules depend on a type: a `std::sync::MutexGuard` that lives across an await is a mistake, and a number is not.
//! Steadfast knows the types of `std` and `tokio`, and with one feature each those of some other crates. A type of your
//! own joins a family with one line.
//!
//! ```
//! use steadfast::marker::BlockingGuard;
//!
//! struct RegistryLock;
//!
//! impl BlockingGuard for RegistryLock {}
//! ```

pub use crate::question::{BlockingChannel, BlockingClient, BlockingGuard, DropMatters, NotAcrossAwait};
