//! Holds no code of its own.

/// The code of the page about HTTP, which needs what the examples need.
#[cfg(doctest)]
#[doc = include_str!("../../docs/patterns/http.md")]
struct Http;
