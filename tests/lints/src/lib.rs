//! Rows 89 to 96: annotated functions under every lint that a careful crate turns on.
//!
//! The test is that this compiles, under `cargo clippy` too: an expansion fires none of these lints, and needs no
//! `allow`, which a `forbid` would refuse. The one that it does fire is `clippy::shadow_unrelated`, a restriction that
//! is off unless asked for: under `retry` each attempt declares the arguments that it owns anew.
#![forbid(
    unsafe_code,
    unreachable_code,
    unreachable_patterns,
    unused_assignments,
    unused_braces,
    unused_imports,
    unused_labels,
    unused_macros,
    unused_must_use,
    unused_mut,
    unused_parens,
    unused_unsafe,
    unused_variables,
    dead_code,
    deprecated,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    path_statements,
    redundant_semicolons
)]
#![deny(warnings, future_incompatible, let_underscore, nonstandard_style, refining_impl_trait, unused)]
#![deny(keyword_idents, rust_2018_idioms, rust_2021_compatibility, rust_2024_compatibility)]
#![deny(
    absolute_paths_not_starting_with_crate,
    closure_returning_async_block,
    explicit_outlives_requirements,
    impl_trait_redundant_captures,
    let_underscore_drop,
    meta_variable_misuse,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unused_crate_dependencies,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![deny(clippy::all, clippy::nursery, clippy::pedantic)]
#![deny(
    clippy::absolute_paths,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::clone_on_ref_ptr,
    clippy::default_numeric_fallback,
    clippy::else_if_without_else,
    clippy::exit,
    clippy::expect_used,
    clippy::get_unwrap,
    clippy::if_then_some_else_none,
    clippy::indexing_slicing,
    clippy::infinite_loop,
    clippy::integer_division,
    clippy::let_underscore_must_use,
    clippy::let_underscore_untyped,
    clippy::map_err_ignore,
    clippy::mem_forget,
    clippy::missing_assert_message,
    clippy::missing_docs_in_private_items,
    clippy::mixed_read_write_in_expression,
    clippy::multiple_inherent_impl,
    clippy::needless_raw_strings,
    clippy::panic,
    clippy::panic_in_result_fn,
    clippy::partial_pub_fields,
    clippy::pattern_type_mismatch,
    clippy::print_stdout,
    clippy::redundant_type_annotations,
    clippy::same_name_method,
    clippy::semicolon_inside_block,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::string_slice,
    clippy::todo,
    clippy::try_err,
    clippy::undocumented_unsafe_blocks,
    clippy::unimplemented,
    clippy::unnecessary_self_imports,
    clippy::unneeded_field_pattern,
    clippy::unreachable,
    clippy::unwrap_in_result,
    clippy::unwrap_used,
    clippy::use_debug,
    clippy::verbose_file_reads,
    clippy::wildcard_enum_match_arm
)]

// The other tests use it.
#[cfg(test)]
use tokio as _;

mod bodies;
mod bridges;
mod error;
mod methods;

pub use bodies::{
    absorbed, boxed, composed, diverging, early, everything, fallible, forever, impls, nothing, one_line,
    part, patterns, plain, queued, requires_await, unit, value_on_elapsed,
};
pub use bridges::{Table, endless, lines, load, moments, nothing_elsewhere, take};
pub use error::Error;
pub use methods::{Client, Fetch};
