//! Every shape of a function that the policies have to survive, and what the calls give.
//!
//! The numbers are the rows of the table of shapes. [`under_each_policy`](steadfast_tests_stamp::under_each_policy)
//! repeats a row under `timeout`, `retry`, `bounded` and all three together. The rows that need a crate of their own
//! are in `tests/edition-2018`, `tests/edition-2021`, `tests/no-std`, `tests/lints`, `tests/renamed` and
//! `tests/unsafe-fn`.

// A shape is written the way that the row is about, and not the way that one would write it.
#![allow(unused_qualifications)]
#![allow(clippy::pedantic, clippy::style, clippy::complexity)]

mod trial;

mod arguments;
mod attempts;
mod bodies;
mod borrows;
mod coercions;
mod drop_order;
mod edition_2024;
mod fragments;
mod futures;
mod generics;
mod lints_in_bodies;
mod modifiers;
mod names;
mod no_prelude;
mod patterns;
mod receivers;
mod recursion;
mod returns;
mod send;
mod size;
mod stacks;
mod traits;
mod types;
mod under_async_trait;
mod ways_out;
