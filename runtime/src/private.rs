//! What expansions name. Not for use by hand, and free to change in any release.

pub use core;
pub use core::time::Duration;

#[cfg(feature = "stream")]
pub use async_stream_lite::async_stream;
#[cfg(feature = "stream")]
pub use futures_core::Stream;
pub use tokio_util::sync::CancellationToken;

pub use crate::admit::{
    Admitted, AdmittedByKey, admit, admit_by_key, admit_by_key_or_refuse, admit_or_refuse, fingerprint, limit,
};
pub use crate::backoff::{Backoff, Constant, Exponential, Fibonacci, Linear, List};
pub use crate::bridge::{Offload, Pool, offload};
pub use crate::budget::{Budget, NamedBudget};
pub use crate::bulkhead::{Admission, Bulkhead, KeyedBulkhead};
pub use crate::error::PolicyError;
pub use crate::jitter::Jitter;
pub use crate::observe::call::Call;
pub use crate::observe::describe::{ByDebug, ByDisplay, ByType, Describe};
pub use crate::outcome::{
    CarriesError, CloneArgument, Fallible, FromPolicyError, Refusable, as_result, refuse, refuse_with,
};
pub use crate::question;
pub use crate::question::{Blocks, CancelUnsafe};
pub use crate::retry::{
    Attempt, Nested, Pause, Retry, RetryPolicy, Verdict, attempt, attempt_blocking, classify_transient,
    describe_value, hint, holds, keep_always, keep_last,
};
pub use crate::scope::must_join;
pub use crate::share::{Share, share_budget, share_bulkhead};
pub use crate::shield::{Shield, shield};
pub use crate::site::Site;
#[cfg(feature = "stream")]
pub use crate::stream::StreamItem;
pub use crate::timeout::{Timeout, timeout};
pub use crate::tracker::{Living, Root, Rooted};
pub use crate::transient::{RetryAfter, Transient};

#[cfg(any(feature = "main", feature = "test"))]
pub use crate::entry;
