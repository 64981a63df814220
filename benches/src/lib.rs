//! What a policy costs, beside the same thing written by hand and beside other crates.
//!
//! A [`Subject`] is one call to be measured. Every side implements the same [`Case`]s around the same bodies. What has to do
//! with tasks is in [`tasks`].

pub mod body;
pub mod check;
pub mod compile;
pub mod report;
pub mod sides;
mod subject;
mod table;
pub mod tasks;
pub mod valgrind;

pub use subject::{Case, Policy, Side, Subject, drive};
