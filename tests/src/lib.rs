//! Holds no code of its own.
