//! What blocks the thread of the runtime.

mod sleep;

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[&sleep::BLOCKING_SLEEP];
