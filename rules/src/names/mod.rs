//! What names mean, as far as the source that is given tells.

mod holds;
mod imports;
mod lift;
mod resolve;
mod scope;
mod types;

pub(crate) use holds::Holds;
pub(crate) use imports::{Module, is_async};
pub(crate) use resolve::{Names, Target, is_known_crate};
pub(crate) use scope::Mark;
