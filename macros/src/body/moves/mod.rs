//! Which parameters a body visibly moves.
//!
//! `#[retry]` runs a body more than once. A parameter that the body consumes has to be cloned per attempt and
//! must be `Clone`; every other parameter is borrowed. Types are unknown here, so `f(x)` counts as a move
//! even if `x` turns out to be `Copy`: a clone of such a value costs nothing. Where a use can be either, the
//! analysis errs towards "not moved" for types that are seldom `Clone`, and towards "moved" elsewhere. A
//! wrong "moved" asks for a `Clone` that is not needed; a wrong "not moved" leaves rustc's own "use of moved
//! value" in the body.
//!
//! The walk follows the rules of closure capture, because the attempt is an `async` block that is not `move`:
//! a use in value position takes the value, any other use borrows, and a `move` block or closure takes
//! whatever it mentions.

mod expressions;
mod macros;
mod methods;
mod scope;
mod statements;
#[cfg(test)]
mod tests;

use proc_macro2::{Ident, TokenStream};
use syn::Expr;

use super::{sole_ident, statements as parse_statements};
use scope::Scope;
use steadfast_rules::syntax::macros::Position;
use steadfast_rules::syntax::peel;

/// A parameter that the body moves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moved {
    /// The index into the candidates.
    pub(crate) candidate: usize,
    /// Whether the parameter itself is moved, and not only one of its fields. A field may well be `Copy`,
    /// which a parameter of a plain number type is too but its owner seldom.
    pub(crate) whole: bool,
    /// Whether a `move` block or closure takes it: that takes a `&mut` too, which every other use only reborrows.
    pub(crate) captured: bool,
}

/// Finds the candidates that `body`, the tokens between a function's braces, visibly moves.
///
/// The result is in the order of the candidates, with one entry for each that is moved: its first move as a
/// whole, or else the first move of one of its fields. A body that does not parse moves nothing.
pub(crate) fn moved_names(body: &TokenStream, candidates: &[Ident]) -> Vec<Moved> {
    if candidates.is_empty() {
        return Vec::new();
    }
    let Some(statements) = parse_statements(body) else {
        return Vec::new();
    };
    let mut walker = Walker::new(candidates);
    walker.statements(&statements);
    walker.found.into_iter().flatten().collect()
}

/// The walk over a body, with what is in scope and what was found so far.
struct Walker {
    scope: Scope,
    /// Whether the walk is inside a `move` closure or block, which takes everything that it mentions.
    capturing: bool,
    found: Vec<Option<Moved>>,
}

/// A candidate, or a path of fields that starts at one.
struct Place {
    candidate: usize,
    whole: bool,
}

impl Walker {
    fn new(candidates: &[Ident]) -> Self {
        Self { scope: Scope::new(candidates), capturing: false, found: vec![None; candidates.len()] }
    }

    /// The place that `expr` names, if it starts at a candidate that is not shadowed here.
    fn place(&self, expr: &Expr) -> Option<Place> {
        let mut whole = true;
        let mut expr = peel(expr);
        while let Expr::Field(field) = expr {
            whole = false;
            expr = peel(&field.base);
        }
        let Expr::Path(path) = expr else {
            return None;
        };
        let ident = sole_ident(path)?;
        let candidate = self.scope.resolve(ident)?;
        Some(Place { candidate, whole })
    }

    fn use_place(&mut self, place: &Place, position: Position) {
        let taken = match position {
            Position::Value => true,
            Position::Operand => place.whole,
            Position::Place => false,
        };
        if taken || self.capturing {
            self.record(place);
        }
    }

    fn record(&mut self, place: &Place) {
        let &Place { candidate, whole } = place;
        let Some(found) = self.found.get_mut(candidate) else {
            return;
        };
        let captured = self.capturing || found.is_some_and(|earlier| earlier.captured);
        let whole = whole || found.is_some_and(|earlier| earlier.whole);
        *found = Some(Moved { candidate, whole, captured });
    }
}
