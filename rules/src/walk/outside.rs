//! Where no runtime is: code that has asked for one with `Handle::try_current()` and got none.

use syn::{Expr, Pat};

use super::Walker;
use super::context::{Context, Kind};
use crate::syntax::{callee, patterns, peel, peel_references};

/// The branches of an `if` that run where no runtime is.
#[derive(Clone, Copy, Default)]
pub(super) struct Branches {
    pub(super) then: bool,
    pub(super) otherwise: bool,
}

impl Branches {
    pub(super) fn of(condition: &Expr) -> Self {
        let is_there = match peel(condition) {
            Expr::Let(test) if asks(&test.expr) => match patterns::variant(&test.pat).as_deref() {
                Some("Ok") => Some(true),
                Some("Err") => Some(false),
                _ => None,
            },
            Expr::MethodCall(call) if call.method == "is_ok" && asks(&call.receiver) => Some(true),
            Expr::MethodCall(call) if call.method == "is_err" && asks(&call.receiver) => Some(false),
            _ => None,
        };
        is_there.map_or(Self::default(), |is_there| Self { then: !is_there, otherwise: is_there })
    }
}

/// Whether the arm of a `match` with this pattern runs where no runtime is.
pub(super) fn is_arm_outside(scrutinee: &Expr, pattern: &Pat) -> bool {
    let is_err = patterns::variant(pattern).is_some_and(|variant| variant == "Err");
    (is_err || patterns::is_wild(pattern)) && asks(scrutinee)
}

/// Whether the `else` of `let pattern = init else { .. }` runs where no runtime is.
pub(super) fn is_else_outside(init: &Expr, pattern: &Pat) -> bool {
    patterns::variant(pattern).is_some_and(|variant| variant == "Ok") && asks(init)
}

fn asks(expr: &Expr) -> bool {
    let Expr::Call(call) = peel_references(expr) else { return false };
    callee(&call.func).and_then(|path| path.segments.last()).is_some_and(|last| last.ident == "try_current")
}

impl Walker<'_> {
    /// Walks code that, if `is_outside`, runs on no runtime, whatever is around it.
    pub(super) fn outside_if(&mut self, is_outside: bool, walk: impl FnOnce(&mut Self)) {
        if is_outside {
            self.with(Context { kind: Kind::Sync, in_poll: false, ..self.cx.context }, walk);
        } else {
            walk(self);
        }
    }
}
