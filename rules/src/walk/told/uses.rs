//! What is done with a variable: whether that tells its type, and whether it goes where its type may be told.

use std::ptr;

use syn::{BinOp, Expr, ExprCall, ExprMethodCall, Ident, Macro, Member};

use crate::syntax::macros::{MacroKind, MacroTable, Part};
use crate::syntax::search::{Piece, Step, Within, search};
use crate::syntax::{
    Child, called_name, children, is_drop, is_passed_on, peel_references, plain_name, sole_ident,
};

/// Methods of `Option` and `Result` that ask for nothing but which of the two it is.
const ASKED: [&str; 4] = ["is_some", "is_none", "is_ok", "is_err"];

/// Functions that put one value into the place of another.
const SWAPPED: [&str; 2] = ["swap", "replace"];

/// Methods of collections, which may compare what they borrow with what they have, or copy it.
const COLLECTED: [&str; 10] = [
    "push",
    "push_back",
    "push_front",
    "insert",
    "extend",
    "extend_from_slice",
    "append",
    "clone_from",
    "contains",
    "get",
];

/// What an expression does with the value of a part directly inside of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It needs the type: where the code is right, it is known by now.
    Tells,
    /// It does not matter to the type.
    Leaves,
    /// It is the value of the expression as well, or in it.
    Passes,
    /// It borrows the value.
    Lends,
    /// It takes the value somewhere.
    Takes,
}

/// What `expr` does with the value of `part`, directly inside of it.
pub(super) fn used(expr: &Expr, part: &Expr) -> Use {
    let is_part = |other: &Expr| ptr::eq(other, part);
    match expr {
        Expr::MethodCall(call) if is_part(&call.receiver) => {
            if ASKED.iter().any(|name| call.method == name) {
                Use::Leaves
            } else if is_passed_on(&call.method) {
                Use::Passes
            } else {
                Use::Tells
            }
        }
        Expr::Call(call) if is_part(&call.func) => Use::Tells,
        Expr::Call(call) if is_drop(&call.func) => Use::Leaves,
        Expr::Index(index) if is_part(&index.expr) => Use::Tells,
        // The other fields of a tuple may be as open as before.
        Expr::Field(field) if matches!(field.member, Member::Unnamed(_)) => Use::Passes,
        Expr::Await(_) | Expr::Field(_) | Expr::ForLoop(_) | Expr::Unary(_) | Expr::Cast(_) => Use::Tells,
        Expr::Binary(binary) if is_comparison(binary.op) => Use::Leaves,
        Expr::Paren(_) | Expr::Group(_) | Expr::Try(_) | Expr::Binary(_) => Use::Passes,
        Expr::Reference(_) => Use::Lends,
        Expr::Assign(assign) if matches!(&*assign.left, Expr::Infer(_)) => Use::Leaves,
        _ => Use::Takes,
    }
}

const fn is_comparison(operator: BinOp) -> bool {
    matches!(
        operator,
        BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
    )
}

/// The same for a part that is borrowed first. A function that borrows it leaves it where it is.
pub(super) fn used_borrowed(expr: &Expr, part: &Expr) -> Use {
    match expr {
        Expr::Call(call) if !swaps(call) => Use::Leaves,
        Expr::MethodCall(call) if !ptr::eq(&raw const *call.receiver, part) && !collects(call) => Use::Leaves,
        Expr::Call(_) => Use::Takes,
        _ => match used(expr, part) {
            Use::Lends | Use::Passes => Use::Lends,
            other => other,
        },
    }
}

fn collects(call: &ExprMethodCall) -> bool {
    COLLECTED.iter().any(|name| call.method == name)
}

fn swaps(call: &ExprCall) -> bool {
    called_name(&call.func).is_some_and(|name| SWAPPED.contains(&name.as_str()))
}

/// What is done with a variable in a region.
#[derive(Clone, Copy, Default)]
pub(super) struct Uses {
    /// Something needs its type.
    pub(super) tells: bool,
    /// It goes on, as a whole or what is in it.
    pub(super) leaves: bool,
}

impl Uses {
    pub(super) fn of<'a>(macros: &'a MacroTable, name: &Ident, within: Within<'a>) -> Self {
        let name = plain_name(name);
        let is_name = |expr: &Expr| sole_ident(expr).is_some_and(|ident| plain_name(ident) == name);
        let mut uses = Self::default();
        // Those whose parent has been looked at.
        let mut seen: Vec<*const Expr> = Vec::new();
        search(macros, within, &mut |piece| {
            let expr = match piece {
                Piece::Expr(expr) => expr,
                Piece::Macro(mac) => {
                    for argument in
                        arguments(macros, mac).filter(|argument| is_name(peel_references(argument)))
                    {
                        seen.push(argument);
                        uses.tells |= MacroKind::of(mac).suspends();
                        uses.leaves |= !MacroKind::of(mac).suspends() && !MacroKind::of(mac).borrows();
                    }
                    return Step::Into;
                }
            };
            if is_name(expr) {
                uses.leaves |= !seen.contains(&ptr::from_ref(expr));
                return Step::Over;
            }
            for part in children_of(expr) {
                let found = match part {
                    Expr::Reference(lent) if is_name(&lent.expr) => {
                        seen.push(&raw const *lent.expr);
                        used_borrowed(expr, part)
                    }
                    _ if is_name(part) => {
                        seen.push(part);
                        used(expr, part)
                    }
                    _ => continue,
                };
                uses.tells |= found == Use::Tells;
                uses.leaves |= matches!(found, Use::Takes | Use::Passes);
            }
            Step::Into
        });
        uses
    }

    /// Whether its type may be told elsewhere only.
    pub(super) const fn escape(self) -> bool {
        self.leaves && !self.tells
    }
}

/// The arguments of a macro, as far as they stand in no scope of their own.
pub(super) fn arguments<'a>(macros: &'a MacroTable, mac: &'a Macro) -> impl Iterator<Item = &'a Expr> {
    macros.parts(mac).iter().filter_map(|part| match part {
        Part::Expr(expr, _) => Some(&**expr),
        Part::Branch(branch) => branch.future.as_ref(),
        Part::Statements(_) | Part::Generator(_) | Part::Opaque => None,
    })
}

/// Whether an expression is the one that is asked about, which may be known as the call in it.
pub(super) fn is_operand(expr: &Expr, operand: *const ()) -> bool {
    let inner: *const () = match expr {
        Expr::Call(call) => ptr::from_ref(call).cast(),
        Expr::MethodCall(call) => ptr::from_ref(call).cast(),
        _ => ptr::null(),
    };
    operand == inner || operand == ptr::from_ref(expr).cast()
}

pub(super) fn children_of(expr: &Expr) -> impl Iterator<Item = &Expr> {
    let mut parts = Vec::new();
    children(expr, &mut |child| {
        if let Child::Expr(part) = child {
            parts.push(part);
        }
    });
    parts.into_iter()
}
