//! Cancellation, `select!`, timeouts, retries and loops over channels.

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[];
