//! The attributes of `steadfast`.
