//! Where control can go from a piece of code in the body of a loop.

#[cfg(test)]
mod tests;
mod tracer;

use syn::{Expr, Label, Stmt};

use super::macros::MacroTable;
use super::search::{Piece, Step, Within, leaves_coroutine, search};
use tracer::Tracer;

/// The ways on from a piece of code, seen from the loop around it.
///
/// Conditions are not evaluated: a way is there if some path in the syntax takes it.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each way is there or not, whatever the others are")]
pub(crate) struct Exits {
    /// To what follows it.
    pub(crate) falls_through: bool,
    /// To the next round of the loop.
    pub(crate) continues: bool,
    /// Out of the loop: `break`, `return`, `continue` of an outer loop, or a panic.
    pub(crate) leaves: bool,
    /// Out of the function, by `?`.
    pub(crate) fails: bool,
}

impl Exits {
    const ON: Self = Self { falls_through: true, continues: false, leaves: false, fails: false };
    const NONE: Self = Self { falls_through: false, continues: false, leaves: false, fails: false };
    const OUT: Self = Self { falls_through: false, continues: false, leaves: true, fails: false };
    const ROUND: Self = Self { falls_through: false, continues: true, leaves: false, fails: false };

    /// The ways on from this piece and then, if it is left at its end, from the next.
    pub(crate) fn then(self, next: Self) -> Self {
        if self.falls_through { Self { falls_through: false, ..self }.or(next) } else { self }
    }

    /// The ways on from either of two pieces.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            falls_through: self.falls_through || other.falls_through,
            continues: self.continues || other.continues,
            leaves: self.leaves || other.leaves,
            fails: self.fails || other.fails,
        }
    }
}

/// Whether an `async` block of these statements never has a value: nothing returns one, and its end is not reached.
#[must_use]
pub fn has_no_value(statements: &[Stmt]) -> bool {
    let macros = MacroTable::new();
    let exits = exits(&macros, Within::Statements(statements), None);
    let returns = || {
        search(&macros, Within::Statements(statements), &mut |piece| match piece {
            _ if leaves_coroutine(piece) => Step::Over,
            Piece::Expr(Expr::Return(_)) => Step::Found,
            _ => Step::Into,
        })
    };
    !exits.falls_through && !exits.fails && !returns()
}

/// The ways on from `within`, which stands in the body of a loop with this label, but in no loop inside of that.
pub(crate) fn exits<'a>(macros: &'a MacroTable, within: Within<'a>, label: Option<&Label>) -> Exits {
    let mut tracer = Tracer::new(macros, label);
    match within {
        Within::Expr(expr) => tracer.expr(expr),
        Within::Block(block) => tracer.block(block),
        Within::Statements(statements) => tracer.statements(statements),
    }
}
