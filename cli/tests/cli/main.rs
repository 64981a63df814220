//! The command, run as a user runs it, on small workspaces.

mod audit;
mod check;
mod configuration;
mod formats;
mod pages;
mod typed;
mod workspace;
