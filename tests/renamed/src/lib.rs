//! Not published.
