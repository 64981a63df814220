//! Whether the type of an argument comes from the function that takes it.
//!
//! `run(Box::new(|a, b| ..))`: the closure learns its parameters from `run`, and `Some(Box::new(x))` that it shall be an
//! `Option<Box<dyn Trait>>`. Asked about where it stands, a call learns nothing from what is around it.

use std::ptr;

use syn::{Expr, ExprCall, Pat, Stmt};

use super::uses::{Use, children_of, is_operand, used};
use crate::syntax::{Child, called_name, is_constructor, peel, peel_references, statement_children};
use crate::walk::cx::Cx;

/// Functions that make something of their argument, whatever it is.
const MAKERS: [&str; 3] = ["new", "pin", "from"];

impl Cx<'_> {
    /// Whether the call `operand` in the statement at hand is given its type by what is around it.
    pub(in crate::walk) fn is_shaped_from_outside<T>(&self, operand: &T) -> bool {
        let Some(position) = self.positions.last() else { return false };
        let stmt = position.block.and_then(|block| block.stmts.get(position.statement));
        let operand = ptr::from_ref(operand).cast();
        let found = stmt.and_then(|stmt| find_in(stmt, operand));
        found.is_some_and(|(call, learns)| learns && takes_shape(call))
    }
}

/// The operand as an expression, and whether what is around it has a say in its type.
fn find_in(stmt: &Stmt, operand: *const ()) -> Option<(&Expr, bool)> {
    let mut found = None;
    statement_children(stmt, &mut |child| {
        if let (Child::Expr(expr), None) = (child, found) {
            found = find(expr, operand);
        }
    });
    found
}

fn find(expr: &Expr, operand: *const ()) -> Option<(&Expr, bool)> {
    if is_operand(expr, operand) {
        return Some((expr, true));
    }
    children_of(expr).find_map(|part| {
        let (found, learns) = find(part, operand)?;
        let is_told =
            ptr::eq(found, part) && matches!(used(expr, part), Use::Tells | Use::Passes | Use::Leaves);
        let is_paren = matches!(expr, Expr::Paren(_) | Expr::Group(_));
        Some((found, learns && (is_paren || !is_told)))
    })
}

fn takes_shape(expr: &Expr) -> bool {
    match peel(expr) {
        Expr::Call(call) => makes(call) || call.args.iter().any(learns_parameters),
        _ => false,
    }
}

fn learns_parameters(argument: &Expr) -> bool {
    match peel_references(argument) {
        Expr::Closure(closure) => closure.inputs.iter().any(|input| !matches!(input, Pat::Type(_))),
        Expr::Call(call) => call.args.iter().any(learns_parameters),
        _ => false,
    }
}

/// `Some(..)`, `Box::new(..)`.
fn makes(call: &ExprCall) -> bool {
    let is_maker = || called_name(&call.func).is_some_and(|name| MAKERS.contains(&name.as_str()));
    !call.args.is_empty() && (is_constructor(&call.func) || is_maker())
}
