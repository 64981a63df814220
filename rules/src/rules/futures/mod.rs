//! Futures that never run, or run wrong.

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[];
