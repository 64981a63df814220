//! Policies for async functions on tokio.
#![forbid(unsafe_code)]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod admit;
mod ambient;
pub mod backoff;
mod budget;
mod bulkhead;
pub mod deadline;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod jitter;
pub mod observe;
mod outcome;
mod retry;
mod site;
mod switch;
pub mod testing;
mod timeout;
mod transient;

pub use backoff::Backoff;
pub use budget::Budget;
pub use bulkhead::{Admission, Bulkhead, KeyedBulkhead, KeyedPermit, Permit};
pub use error::{Executed, PolicyError, PolicyErrorKind};
pub use jitter::Jitter;
pub use observe::PolicyKind;
pub use retry::Retrying;
pub use steadfast_macros::{Transient, apply, bounded, retry, timeout};
pub use transient::Transient;
