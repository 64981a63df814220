//! Holds no code of its own.

/// The code of the page about HTTP, which needs what the examples need.
#[cfg(doctest)]
#[doc = include_str!("../../docs/patterns/http.md")]
struct Http;

/// The examples of two rules about clients.
#[cfg(doctest)]
#[doc = include_str!("../../docs/rules/client_per_call.md")]
#[doc = include_str!("../../docs/rules/client_without_timeout.md")]
struct ClientRules;
