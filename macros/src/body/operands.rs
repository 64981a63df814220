//! The operands of the expressions that open no scope, and how each operand is used.

use steadfast_rules::syntax::macros::Position;
use syn::{BinOp, Expr, ExprStruct, PathArguments, Type, UnOp};

use Position::{Operand, Place, Value};

/// Visits the direct operands of `expr`.
///
/// Expressions that hold blocks, patterns or macros have none here: what they mean depends on scopes, and
/// each walker keeps its own.
pub(super) fn operands<'e>(expr: &'e Expr, visit: &mut dyn FnMut(&'e Expr, Position)) {
    match expr {
        Expr::Array(array) => array.elems.iter().for_each(|elem| visit(elem, Value)),
        Expr::Tuple(tuple) => tuple.elems.iter().for_each(|elem| visit(elem, Value)),
        Expr::Struct(literal) => struct_operands(literal, visit),
        Expr::Repeat(repeat) => visit(&repeat.expr, Value),
        Expr::Call(call) => {
            visit(&call.func, Place);
            call.args.iter().for_each(|argument| visit(argument, Value));
        }
        Expr::MethodCall(call) => {
            visit(&call.receiver, Place);
            call.args.iter().for_each(|argument| visit(argument, Value));
        }
        Expr::Binary(binary) => {
            let (left, right) = binary_positions(&binary.op);
            visit(&binary.left, left);
            visit(&binary.right, right);
        }
        Expr::Unary(unary) => visit(&unary.expr, unary_position(unary.op)),
        Expr::Range(range) => {
            let ends = [range.start.as_deref(), range.end.as_deref()];
            ends.into_iter().flatten().for_each(|end| visit(end, Operand));
        }
        Expr::Assign(assign) => {
            visit(&assign.right, Value);
            visit(&assign.left, Place);
        }
        Expr::Index(index) => {
            visit(&index.expr, Place);
            visit(&index.index, Place);
        }
        _ => sole_operand(expr, visit),
    }
}

fn sole_operand<'e>(expr: &'e Expr, visit: &mut dyn FnMut(&'e Expr, Position)) {
    let (operand, position) = match expr {
        Expr::Await(awaited) => (Some(&awaited.base), Value),
        Expr::Try(tried) => (Some(&tried.expr), Value),
        Expr::Return(returned) => (returned.expr.as_ref(), Value),
        Expr::Break(broken) => (broken.expr.as_ref(), Value),
        Expr::Yield(yielded) => (yielded.expr.as_ref(), Value),
        Expr::Cast(cast) => (Some(&cast.expr), cast_position(&cast.ty)),
        Expr::Field(field) => (Some(&field.base), Place),
        Expr::Reference(reference) => (Some(&reference.expr), Place),
        Expr::RawAddr(address) => (Some(&address.expr), Place),
        Expr::Paren(paren) => (Some(&paren.expr), Value),
        Expr::Group(group) => (Some(&group.expr), Value),
        _ => (None, Place),
    };
    if let Some(operand) = operand {
        visit(operand, position);
    }
}

fn struct_operands<'e>(literal: &'e ExprStruct, visit: &mut dyn FnMut(&'e Expr, Position)) {
    literal.fields.iter().for_each(|field| visit(&field.expr, Value));
    if let Some(rest) = &literal.rest {
        visit(rest, Value);
    }
}

/// Casts between numbers and pointers copy. `x as Arc<dyn Service>` moves, and `x as _` may.
fn cast_position(target: &Type) -> Position {
    match target {
        Type::Path(target) => match target.path.segments.last().map(|segment| &segment.arguments) {
            Some(PathArguments::AngleBracketed(_)) => Value,
            _ => Place,
        },
        Type::Infer(_) => Operand,
        _ => Place,
    }
}

fn unary_position(op: UnOp) -> Position {
    match op {
        UnOp::Not(_) | UnOp::Neg(_) => Operand,
        _ => Place,
    }
}

fn binary_positions(op: &BinOp) -> (Position, Position) {
    match op {
        BinOp::Add(_)
        | BinOp::Sub(_)
        | BinOp::Mul(_)
        | BinOp::Div(_)
        | BinOp::Rem(_)
        | BinOp::BitXor(_)
        | BinOp::BitAnd(_)
        | BinOp::BitOr(_)
        | BinOp::Shl(_)
        | BinOp::Shr(_) => (Operand, Operand),
        BinOp::And(_)
        | BinOp::Or(_)
        | BinOp::Eq(_)
        | BinOp::Lt(_)
        | BinOp::Le(_)
        | BinOp::Ne(_)
        | BinOp::Ge(_)
        | BinOp::Gt(_) => (Place, Place),
        _ => (Place, Operand),
    }
}
