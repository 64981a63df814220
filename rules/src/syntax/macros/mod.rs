//! The macros whose arguments can be read, because everybody knows what they do with them.
//!
//! A macro is known by the last segment of its path, so `tracing::info!` and an imported `info!` are one. A
//! macro that is not in the table is opaque: no rule reads anything into it.

mod grammar;
mod table;

pub(crate) use table::MacroTable;

use syn::{Expr, Macro, Pat, Stmt};

use super::plain_name;

/// What a macro does with its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MacroKind {
    /// Evaluates its arguments in place: `format!`, assertions, `anyhow!`, `json!`, log and tracing events.
    Formatted,
    /// Evaluates its arguments in place and takes them: `vec!`, `dbg!`, `pin!`.
    Listed,
    /// Polls its arguments until all are ready: `join!`.
    Polled,
    /// Values of a JSON literal.
    Json,
    /// Looks at an expression through a pattern: `matches!`.
    Matched,
    /// Branches of the form `pattern = future, if guard => handler`.
    Select,
    /// A coroutine of its own: `stream!`.
    Generator,
    /// Our own `apply!(policies; future)`.
    Applied,
    /// Expands to a literal and evaluates nothing.
    Inert,
    Unknown,
}

impl MacroKind {
    pub(crate) fn of(mac: &Macro) -> Self {
        mac.path.segments.last().map_or(Self::Unknown, |segment| Self::of_name(&plain_name(&segment.ident)))
    }

    fn of_name(name: &str) -> Self {
        match name {
            "print"
            | "println"
            | "eprint"
            | "eprintln"
            | "format"
            | "format_args"
            | "formatdoc"
            | "write"
            | "writeln"
            | "panic"
            | "todo"
            | "unimplemented"
            | "unreachable"
            | "assert"
            | "assert_eq"
            | "assert_ne"
            | "debug_assert"
            | "debug_assert_eq"
            | "debug_assert_ne"
            | "ensure"
            | "trace"
            | "debug"
            | "info"
            | "warn"
            | "error"
            | "event"
            | "log"
            | "span"
            | "trace_span"
            | "debug_span"
            | "info_span"
            | "warn_span"
            | "error_span"
            | "anyhow"
            | "bail"
            | "eyre"
            | "format_err"
            | "query"
            | "query_unchecked"
            | "query_as"
            | "query_as_unchecked"
            | "query_scalar"
            | "query_scalar_unchecked"
            | "query_file"
            | "query_file_as"
            | "query_file_scalar" => Self::Formatted,
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

/// One piece of a macro's arguments.
pub(crate) enum Part {
    Expr(Box<Expr>),
    /// A branch of `select!`, or the pattern of `matches!`.
    Branch(Box<Branch>),
    /// Statements in the scope of the macro call: `pin! { let a = b(); }`.
    Statements(Vec<Stmt>),
    /// The statements of a coroutine of its own.
    Generator(Vec<Stmt>),
    /// Tokens that mean something unknown.
    Opaque,
}

/// A part that opens a scope of its own.
pub(crate) struct Branch {
    /// `None` for `else`, `complete` and `default`.
    pub(crate) pattern: Option<Pat>,
    pub(crate) future: Option<Expr>,
    pub(crate) guard: Option<Expr>,
    pub(crate) handler: Option<Expr>,
}
