//! Guards, borrows and permits that live too long or too short.

use crate::rule::Rule;

pub(crate) static RULES: &[&Rule] = &[];
