//! Connections, clients, files and timers.

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[];
