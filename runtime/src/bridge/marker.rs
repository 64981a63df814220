//! What `#[blocking]` leaves behind for the rules to find.

/// What the mark of a blocking function or method returns.
#[derive(Clone, Copy, Debug)]
pub struct Blocks;
