//! What `#[blocking]` leaves behind for the rules to find.

/// A type with the name of a blocking function, beside it: names of types and of functions do not meet, and whoever
/// imports the one imports the other.
pub trait BlockingMarker {}

/// What the hidden twin of a blocking method returns.
#[derive(Clone, Copy, Debug)]
pub struct Blocks;
