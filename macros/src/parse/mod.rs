//! Tokens to model: attributes to typed policies, spans kept.

pub(crate) mod argument;
pub(crate) mod backoff;
pub(crate) mod bounded;
pub(crate) mod budget;
pub(crate) mod condition;
pub(crate) mod crate_path;
pub(crate) mod duration;
pub(crate) mod entries;
pub(crate) mod function;
pub(crate) mod must_join;
pub(crate) mod retry;
pub(crate) mod shield;
pub(crate) mod timeout;

pub(crate) use bounded::Bounded;
pub(crate) use function::Function;
pub(crate) use must_join::MustJoin;
pub(crate) use retry::Retry;
pub(crate) use shield::Shield;
pub(crate) use timeout::Timeout;
