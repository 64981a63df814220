//! Whether somebody limits the time that something takes.

use std::collections::HashSet;

use syn::{Expr, GenericArgument, PathArguments, ReturnType, Type};

use crate::syntax::search::{self, Piece, Step, Within};
use crate::syntax::{attributes, callee, plain_name};
use crate::walk::{Cx, Function, called};

/// Whether the function at hand, or an attribute on it, limits the time of anything.
pub(super) fn limits_time(cx: &Cx<'_>) -> bool {
    cx.function.is_some_and(|function| limits(cx, function))
}

fn limits<'a>(cx: &Cx<'a>, function: Function<'a>) -> bool {
    attributes::has(function.attrs, "timeout")
        || search::search(cx.macros, Within::Block(function.block), &mut |piece| {
            Step::found_if(limited(piece).is_some())
        })
}

/// Whether all functions of the source that call the one at hand limit the time of something, as of a request with the
/// client that they get.
pub(super) fn callers_limit_time(cx: &Cx<'_>) -> bool {
    let Some(name) = cx.function.map(name_of) else { return false };
    // Too many have this name.
    if name == "new" || name == "default" {
        return false;
    }
    let mut callers = cx.calls().callers(&name).peekable();
    callers.peek().is_some() && callers.all(|caller| limits(cx, caller))
}

/// Whether a function of the source limits the time of the one at hand, which it calls itself or by way of others.
pub(super) fn is_limited_by_caller(cx: &Cx<'_>) -> bool {
    let Some(name) = cx.function.map(name_of) else { return false };
    let mut seen = HashSet::from([name.clone()]);
    let mut names = vec![name];
    while let Some(name) = names.pop() {
        for caller in cx.calls().callers(&name) {
            if attributes::has(caller.attrs, "timeout") || limits_call(cx, caller, &name) {
                return true;
            }
            let caller = name_of(caller);
            if seen.insert(caller.clone()) {
                names.push(caller);
            }
        }
    }
    false
}

/// Whether the function puts a call of `name` into something that limits its time.
fn limits_call<'a>(cx: &Cx<'a>, function: Function<'a>, name: &str) -> bool {
    search::search(cx.macros, Within::Block(function.block), &mut |piece| {
        let parts = limited(piece).unwrap_or_default();
        Step::found_if(parts.iter().any(|part| called(cx.macros, Within::Expr(part)).contains(name)))
    })
}

/// `timeout(limit, future)` · `future.timeout(limit)`: what has its time limited there.
fn limited(piece: Piece<'_>) -> Option<Vec<&Expr>> {
    let limits = |name: &syn::Ident| {
        let name = plain_name(name);
        name.contains("timeout") || name.contains("deadline")
    };
    match piece {
        Piece::Expr(Expr::MethodCall(call)) if limits(&call.method) => {
            Some(std::iter::once(&*call.receiver).chain(&call.args).collect())
        }
        Piece::Expr(Expr::Call(call)) => {
            let last = callee(&call.func).and_then(|path| path.segments.last());
            last.filter(|last| limits(&last.ident)).map(|_| call.args.iter().collect())
        }
        _ => None,
    }
}

/// Whether the function at hand does nothing but connect, for others in the source that do the same: then whoever wants a
/// connection says how long it may take.
pub(super) fn connects_for_others(cx: &Cx<'_>) -> bool {
    let Some(function) = cx.function else { return false };
    if !connects(&name_of(function)) || !returns_stream(cx, function) {
        return false;
    }
    let name = name_of(function);
    let mut seen = HashSet::from([name.clone()]);
    let mut names = vec![name];
    while let Some(name) = names.pop() {
        for caller in cx.calls().callers(&name).map(name_of) {
            if !connects(&caller) {
                return false;
            }
            if seen.insert(caller.clone()) {
                names.push(caller);
            }
        }
    }
    // Besides itself.
    seen.len() > 1
}

/// `connect_tcp`, `try_connect`
fn connects(name: &str) -> bool {
    name.split('_').any(|word| word == "connect")
}

/// Whether the function returns a `tokio::net::TcpStream`, behind `Result`.
fn returns_stream(cx: &Cx<'_>, function: Function<'_>) -> bool {
    let ReturnType::Type(_, ty) = &function.sig.output else { return false };
    let Type::Path(path) = &**ty else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    let returned = match &last.arguments {
        PathArguments::AngleBracketed(arguments) if plain_name(&last.ident).ends_with("Result") => {
            match arguments.args.first() {
                Some(GenericArgument::Type(ty)) => ty,
                _ => return false,
            }
        }
        _ => ty,
    };
    cx.names.named_type(returned).as_deref() == Some("tokio::net::TcpStream")
}

fn name_of(function: Function<'_>) -> String {
    plain_name(&function.sig.ident)
}
