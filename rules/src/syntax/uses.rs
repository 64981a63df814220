//! What is done with a variable.

use syn::{Expr, ExprMethodCall, Stmt};

use super::macros::MacroTable;
use super::search::{self, Piece, Step, Within};
use super::{peel, peel_references, plain_name, sole_ident};

/// One thing that is done with a variable.
#[derive(Clone, Copy)]
pub(crate) enum Use<'a> {
    /// `name.method(..)`, behind any number of references.
    Method(&'a ExprMethodCall),
    /// `name.await` or `(&mut name).await`.
    Awaited,
    /// `&name` or `&mut name`, in the arguments of a call or somewhere else.
    Borrowed,
    /// Anything else: it is moved, returned, captured by a closure or block, or in a macro that cannot be read.
    Escaped,
}

impl Use<'_> {
    /// The name of the method that is called on the variable.
    pub(crate) fn method(&self) -> Option<String> {
        match self {
            Self::Method(call) => Some(plain_name(&call.method)),
            _ => None,
        }
    }
}

/// What is done with the variable `name` in these statements, in source order. A shadowing variable of the same name
/// counts as the variable: there may be more uses than there are, never fewer.
pub(crate) fn uses<'a>(macros: &'a MacroTable, statements: &'a [Stmt], name: &str) -> Vec<Use<'a>> {
    uses_within(macros, Within::Statements(statements), name)
}

/// As [`uses`], in anything that can be searched.
pub(crate) fn uses_within<'a>(macros: &'a MacroTable, within: Within<'a>, name: &str) -> Vec<Use<'a>> {
    let is_name = |expr: &Expr| sole_ident(expr).is_some_and(|ident| plain_name(ident) == name);
    let mut uses = Vec::new();
    // The place of a name whose use was understood from what stands around it.
    let mut seen: Vec<*const Expr> = Vec::new();
    search::search(macros, within, &mut |piece| {
        match piece {
            Piece::Macro(mac) => {
                if search::is_opaque(macros, mac) && search::tokens_mention(&mac.tokens, name) {
                    uses.push(Use::Escaped);
                }
                return Step::Into;
            }
            Piece::Expr(expr) if search::leaves_coroutine(piece) => {
                if search::mentions(macros, Within::Expr(expr), name) {
                    uses.push(Use::Escaped);
                }
                return Step::Over;
            }
            Piece::Expr(Expr::MethodCall(call)) => {
                let receiver = peel_references(&call.receiver);
                if is_name(receiver) {
                    uses.push(Use::Method(call));
                    seen.push(receiver);
                }
            }
            Piece::Expr(Expr::Await(awaited)) => {
                let place = peel_references(&awaited.base);
                if is_name(place) {
                    uses.push(Use::Awaited);
                    seen.push(place);
                }
            }
            Piece::Expr(expr @ Expr::Reference(_)) => {
                let place = peel_references(expr);
                if is_name(place) && !seen.contains(&std::ptr::from_ref(place)) {
                    uses.push(Use::Borrowed);
                    seen.push(place);
                }
            }
            Piece::Expr(expr) if is_name(expr) && !seen.contains(&std::ptr::from_ref(peel(expr))) => {
                uses.push(Use::Escaped);
                seen.push(peel(expr));
            }
            Piece::Expr(Expr::Verbatim(tokens)) if search::tokens_mention(tokens, name) => {
                uses.push(Use::Escaped);
            }
            Piece::Expr(_) => {}
        }
        Step::Into
    });
    uses
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{Use, uses};
    use crate::syntax::macros::MacroTable;

    fn kinds(block: &syn::Block) -> String {
        let macros = MacroTable::new();
        let letter = |one: &Use<'_>| match one {
            Use::Method(_) => 'm',
            Use::Awaited => 'a',
            Use::Borrowed => 'b',
            Use::Escaped => 'e',
        };
        uses(&macros, &block.stmts, "x").iter().map(letter).collect()
    }

    #[test]
    fn tells_what_is_done_with_a_variable() {
        for (block, expected) in [
            (
                parse_quote!({
                    x.write(&x).await?;
                    (&mut x).flush();
                }),
                "mbm",
            ),
            (
                parse_quote!({
                    x.await;
                    (&mut x).await;
                    y.await
                }),
                "aa",
            ),
            (
                parse_quote!({
                    copy(&mut y, &mut x);
                    let z = &x;
                }),
                "bb",
            ),
            (
                parse_quote!({
                    f(x);
                    S { x };
                    return (x, 1);
                }),
                "eee",
            ),
            (
                parse_quote!({
                    spawn(async move { x.write().await });
                    || x.len();
                }),
                "ee",
            ),
            (
                parse_quote!({
                    unknown!(x);
                    unknown!(y);
                    println!("{}", x.len())
                }),
                "em",
            ),
            (parse_quote!({ (x) }), "e"),
        ] {
            assert_eq!(kinds(&block), expected);
        }
    }
}
