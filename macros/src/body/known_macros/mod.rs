//! The macros whose arguments can be read, because everybody knows what they do with them.
//!
//! A macro is known by the last segment of its path, so `tracing::info!` and an imported `info!` are one. A
//! macro that is not in the table is opaque: no analysis reads anything into it.

mod grammar;
#[cfg(test)]
mod tests;

use proc_macro2::{Literal, TokenStream};
use syn::{Expr, Macro, Pat, Stmt};

use super::operands::Position;
use super::plain_name;

/// What a macro does with its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Family {
    /// Formats its arguments behind references: `format!`, assertions, log and tracing events and spans.
    Formatted,
    /// Like `Formatted`, but a sole argument that is no literal becomes the error itself: `bail!(error)`.
    Raised,
    /// Binds its arguments behind references: `sqlx::query!` writes `let arg = &(argument);`.
    Bound,
    /// Takes each argument by value: `vec!`, `dbg!`.
    Listed,
    /// Takes each argument by value and polls it: `join!`.
    Polled,
    /// Serialises the values of a JSON literal behind references.
    Json,
    /// Looks at an expression through a pattern: `matches!`.
    Matched,
    /// Branches of the form `pattern = future, if guard => handler`.
    Select,
    /// A generator that owns what it mentions: `stream!`.
    Generator,
    /// Our own `apply!(policies; future)`.
    Applied,
    /// Expands to a literal and evaluates nothing.
    Inert,
    Unknown,
}

impl Family {
    pub(super) fn of(name: &str) -> Self {
        match name {
            "print" | "println" | "eprint" | "eprintln" | "format" | "format_args" | "formatdoc"
            | "write" | "writeln" | "panic" | "todo" | "unimplemented" | "unreachable" | "assert"
            | "assert_eq" | "assert_ne" | "debug_assert" | "debug_assert_eq" | "debug_assert_ne"
            | "ensure" | "trace" | "debug" | "info" | "warn" | "error" | "event" | "log" | "span"
            | "trace_span" | "debug_span" | "info_span" | "warn_span" | "error_span" => Self::Formatted,
            "anyhow" | "bail" | "eyre" | "format_err" => Self::Raised,
            "query"
            | "query_unchecked"
            | "query_as"
            | "query_as_unchecked"
            | "query_scalar"
            | "query_scalar_unchecked"
            | "query_file"
            | "query_file_as"
            | "query_file_scalar" => Self::Bound,
            "vec" | "dbg" | "smallvec" | "pin" | "ready" => Self::Listed,
            "join" | "try_join" | "timeout" => Self::Polled,
            "json" => Self::Json,
            "matches" | "assert_matches" | "debug_assert_matches" => Self::Matched,
            "select" | "select_biased" => Self::Select,
            "stream" | "try_stream" => Self::Generator,
            "apply" => Self::Applied,
            "stringify" | "concat" | "env" | "option_env" | "include_str" | "include_bytes" | "line"
            | "column" | "file" | "module_path" | "cfg" => Self::Inert,
            _ => Self::Unknown,
        }
    }

    pub(super) fn of_macro(mac: &Macro) -> Self {
        mac.path.segments.last().map_or(Self::Unknown, |segment| Self::of(&plain_name(&segment.ident)))
    }

    /// Whether the expansion awaits nothing but what its arguments await visibly.
    pub(super) fn adds_no_await(self) -> bool {
        !matches!(self, Self::Polled | Self::Select | Self::Applied | Self::Unknown)
    }
}

/// One piece of a macro's arguments.
pub(super) enum Part {
    Expr(Box<Expr>, Position),
    /// A format string, which may capture names: `"{user}"`.
    Text(Literal),
    Branch(Box<Branch>),
    /// Statements in the scope of the macro call: `pin! { let a = b(); }`.
    Statements(Vec<Stmt>),
    /// Statements that run later, in a generator that owns what it mentions.
    Generator(Vec<Stmt>),
    /// Tokens that mean something unknown.
    Opaque(TokenStream),
}

/// A part that opens a scope of its own.
pub(super) struct Branch {
    pub(super) pattern: Option<Pat>,
    pub(super) guard: Option<Expr>,
    pub(super) handler: Option<Expr>,
}

/// Reads the arguments of a macro call. What its family's grammar does not explain is one opaque part.
pub(super) fn parts(mac: &Macro) -> Vec<Part> {
    grammar::parse(Family::of_macro(mac), &mac.tokens)
        .unwrap_or_else(|_| vec![Part::Opaque(mac.tokens.clone())])
}

/// Whether the tokens are the branches of a `select!`.
pub(crate) fn is_select(tokens: &TokenStream) -> bool {
    grammar::parse(Family::Select, tokens).is_ok()
}
