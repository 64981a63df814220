//! The rules, family by family: one file for each rule, or for a few that look at the same thing.

pub(crate) mod blocking;
pub(crate) mod cancellation;
pub(crate) mod everything;
pub(crate) mod futures;
pub(crate) mod guards;
pub(crate) mod marked;
pub(crate) mod meta;
pub(crate) mod resources;
pub(crate) mod tasks;
