//! The command, run as a user runs it, on small workspaces.

// `expect-test` writes them.
#![allow(clippy::needless_raw_string_hashes)]

mod audit;
mod check;
mod configuration;
mod formats;
mod pages;
mod typed;
mod workspace;
