//! What comes out of a check.

use std::collections::HashSet;

use crate::finding::Finding;
use crate::summary::Summary;

/// What was found in a source, what it tells about its functions, and what it would have to be told.
#[derive(Default, Debug)]
pub struct Checked {
    /// The mistakes, in the order of the source.
    pub findings: Vec<Finding>,
    /// What its synchronous functions do to the thread that calls them. Empty for test code.
    pub summary: Summary,
    /// The functions of which that was not known, by their paths from `crate`, though async code calls them. Once a
    /// [`Summary`] [tells](Summary::tells) what one of them does, a check with it may find more.
    pub calls: HashSet<String>,
}
