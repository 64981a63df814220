//! Durations that are written out.

use syn::{Expr, Lit};

use crate::names::Target;
use crate::syntax::{called_name, callee, peel, plain_name};
use crate::walk::Cx;

/// The nanoseconds of a `Duration` that is written out as a literal, under whatever name `Duration` has.
pub(crate) fn nanoseconds(expr: &Expr) -> Option<u128> {
    match peel(expr) {
        Expr::Path(path) => {
            let names: Vec<String> =
                path.path.segments.iter().rev().take(2).map(|name| plain_name(&name.ident)).collect();
            matches!(names.as_slice(), [zero, duration] if zero == "ZERO" && duration == "Duration")
                .then_some(0)
        }
        Expr::Call(call) => {
            let name = called_name(&call.func)?;
            let unit = match name.as_str() {
                "from_secs" => 1_000_000_000,
                "from_millis" => 1_000_000,
                "from_micros" => 1_000,
                "from_nanos" => 1,
                _ => return None,
            };
            Some(integer(call.args.first()?)? * unit)
        }
        _ => None,
    }
}

pub(super) fn integer(expr: &Expr) -> Option<u128> {
    match peel(expr) {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// The duration of `sleep(duration).await`, and whether it is only `yield_now().await`: what gives the others a turn.
pub(super) enum Pause<'a> {
    Sleep(&'a Expr),
    Yield,
}

/// The expression as an awaited pause. An awaited `sleep` is a pause whoever wrote it.
pub(super) fn pause<'a>(cx: &Cx<'a>, expr: &'a Expr) -> Option<Pause<'a>> {
    let Expr::Await(awaited) = peel(expr) else { return None };
    let Expr::Call(call) = peel(&awaited.base) else { return None };
    let path = callee(&call.func)?;
    if cx.names.resolve(path) == Target::Own {
        return None;
    }
    match plain_name(&path.segments.last()?.ident).as_str() {
        "sleep" if call.args.len() == 1 => Some(Pause::Sleep(&call.args[0])),
        "yield_now" if call.args.is_empty() => Some(Pause::Yield),
        _ => None,
    }
}
