//! The macros whose arguments can be read, because everybody knows what they do with them.
//!
//! A macro is known by the last segment of its path, so `tracing::info!` and an imported `info!` are one. A
//! macro that is not in the table is opaque: nobody reads anything into it.

mod grammar;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use table::MacroTable;

use proc_macro2::TokenStream;
use syn::{Expr, Macro, Pat, Stmt};

use super::plain_name;

/// What a macro does with its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MacroKind {
    /// Formats its arguments behind references: `format!`, assertions, log and tracing events and spans.
    Formatted,
    /// Like `Formatted`, but a sole argument that is no literal becomes the error itself: `bail!(error)`.
    Raised,
    /// Binds its arguments behind references: `sqlx::query!` writes `let arg = &(argument);`.
    Bound,
    /// Takes each argument by value: `vec!`, `dbg!`, `pin!`.
    Listed,
    /// Takes each argument by value and polls it until all are ready: `join!`.
    Polled,
    /// Serialises the values of a JSON literal behind references.
    Json,
    /// Looks at an expression through a pattern: `matches!`.
    Matched,
    /// Branches of the form `pattern = future, if guard => handler`.
    Select,
    /// A coroutine of its own, which owns what it mentions: `stream!`.
    Generator,
    /// Our own `apply!(policies; future)`.
    Applied,
    /// Expands to a literal and evaluates nothing.
    Inert,
    /// Anything else.
    Unknown,
}

impl MacroKind {
    /// By the last segment of its path.
    #[must_use]
    pub fn of(mac: &Macro) -> Self {
        mac.path.segments.last().map_or(Self::Unknown, |segment| Self::of_name(&plain_name(&segment.ident)))
    }

    /// By its name.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
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
            "join" | "try_join" => Self::Polled,
            "json" => Self::Json,
            "matches" | "assert_matches" | "debug_assert_matches" => Self::Matched,
            "select" | "select_biased" => Self::Select,
            "stream" | "try_stream" => Self::Generator,
            "apply" => Self::Applied,
            "stringify" | "concat" | "env" | "option_env" | "include_str" | "include_bytes" | "line"
            | "column" | "file" | "module_path" | "cfg" | "compile_error" => Self::Inert,
            _ => Self::Unknown,
        }
    }

    /// Whether the expansion may await something that its arguments do not await visibly.
    #[must_use]
    pub fn may_await(self) -> bool {
        matches!(self, Self::Polled | Self::Select | Self::Applied | Self::Unknown)
    }

    /// Whether a string among its arguments may name variables: `"{user}"`.
    #[must_use]
    pub fn formats(self) -> bool {
        matches!(self, Self::Formatted | Self::Raised | Self::Matched)
    }

    /// Whether it evaluates its arguments in place and takes none of them.
    pub(crate) fn borrows(self) -> bool {
        matches!(self, Self::Formatted | Self::Raised | Self::Bound)
    }

    /// Whether the call itself is a point at which the enclosing coroutine can be suspended.
    pub(crate) fn suspends(self) -> bool {
        matches!(self, Self::Polled | Self::Select)
    }
}

/// Whether the macro never hands control back: what follows it is not reached.
pub(crate) fn diverges(mac: &Macro) -> bool {
    let name = mac.path.segments.last().map(|segment| plain_name(&segment.ident));
    matches!(name.as_deref(), Some("panic" | "todo" | "unimplemented" | "unreachable" | "bail"))
}

/// How an expression uses its operand, or a macro its argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Position {
    /// The value is taken.
    Value,
    /// The value is taken by an operator. Operands are numbers and flags so nearly always that a field in
    /// this position is taken for `Copy`; `if !request.dry_run` must not ask for a `Clone` request.
    Operand,
    /// The place is borrowed, read or written, and nothing leaves it.
    Place,
}

/// One piece of a macro's arguments.
pub enum Part {
    /// An argument. A format string is one, too.
    Expr(Box<Expr>, Position),
    /// A branch of `select!`, or the pattern of `matches!`.
    Branch(Box<Branch>),
    /// Statements in the scope of the macro call: `pin! { let a = b(); }`.
    Statements(Vec<Stmt>),
    /// The statements of a coroutine of its own.
    Generator(Vec<Stmt>),
    /// The tokens mean something unknown.
    Opaque,
}

/// A part that opens a scope of its own.
pub struct Branch {
    /// `None` for `else`, `complete` and `default`.
    pub pattern: Option<Pat>,
    /// What is polled, by value; `matches!` has none.
    pub future: Option<Expr>,
    /// What stands behind `if`.
    pub guard: Option<Expr>,
    /// What stands behind `=>`.
    pub handler: Option<Expr>,
}

/// The arguments of a macro call. What its grammar does not explain is one opaque part.
#[must_use]
pub fn parts(mac: &Macro) -> Vec<Part> {
    grammar::parse(MacroKind::of(mac), &mac.tokens).unwrap_or_else(|_| vec![Part::Opaque])
}

/// Whether the tokens are the branches of a `select!`.
#[must_use]
pub fn is_select(tokens: &TokenStream) -> bool {
    grammar::parse(MacroKind::Select, tokens).is_ok()
}
