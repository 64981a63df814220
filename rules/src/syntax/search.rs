//! Looking for something inside of an expression, a block or a run of statements.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Block, Expr, Macro, Stmt};

use super::macros::{Branch, MacroKind, MacroTable, Part};
use super::{Child, children, plain_name, sole_ident, statement_children};

/// Where a search begins.
#[derive(Clone, Copy)]
pub(crate) enum Within<'a> {
    Expr(&'a Expr),
    Block(&'a Block),
    Statements(&'a [Stmt]),
}

/// What a search comes by.
#[derive(Clone, Copy)]
pub(crate) enum Piece<'a> {
    Expr(&'a Expr),
    /// A macro call, in expression or statement position.
    Macro(&'a Macro),
}

/// What a search does next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Looks into this piece too.
    Into,
    /// Passes over what stands inside of this piece.
    Over,
    /// Ends: it was found.
    Found,
}

impl Step {
    /// Ends if it was found, else looks into this piece too.
    pub(crate) fn found_if(found: bool) -> Self {
        if found { Self::Found } else { Self::Into }
    }
}

/// Walks the pieces of `within` in source order until `step` says that it is found. Nested items are passed
/// over; opaque macros are shown but cannot be looked into.
pub(crate) fn search<'a>(
    macros: &'a MacroTable,
    within: Within<'a>,
    step: &mut dyn FnMut(Piece<'a>) -> Step,
) -> bool {
    let mut searcher = Searcher { macros, step };
    match within {
        Within::Expr(expr) => searcher.expr(expr),
        Within::Block(block) => searcher.statements(&block.stmts),
        Within::Statements(statements) => searcher.statements(statements),
    }
}

struct Searcher<'a, 's> {
    macros: &'a MacroTable,
    step: &'s mut dyn FnMut(Piece<'a>) -> Step,
}

impl<'a> Searcher<'a, '_> {
    fn statements(&mut self, statements: &'a [Stmt]) -> bool {
        statements.iter().any(|stmt| {
            let mut found = false;
            statement_children(stmt, &mut |child| found = found || self.child(child));
            found
        })
    }

    fn child(&mut self, child: Child<'a>) -> bool {
        match child {
            Child::Expr(expr) => self.expr(expr),
            Child::Block(block) => self.statements(&block.stmts),
            Child::Macro(mac) => self.mac(mac),
            Child::Pat(pattern) => super::patterns::guard(pattern).is_some_and(|guard| self.expr(guard)),
        }
    }

    fn expr(&mut self, expr: &'a Expr) -> bool {
        if let Expr::Macro(call) = expr {
            return self.mac(&call.mac);
        }
        match (self.step)(Piece::Expr(expr)) {
            Step::Found => true,
            Step::Over => false,
            Step::Into => {
                let mut found = false;
                children(expr, &mut |child| found = found || self.child(child));
                found
            }
        }
    }

    fn mac(&mut self, mac: &'a Macro) -> bool {
        match (self.step)(Piece::Macro(mac)) {
            Step::Found => true,
            Step::Over => false,
            Step::Into => self.macros.parts(mac).iter().any(|part| match part {
                Part::Expr(expr, _) => self.expr(expr),
                Part::Branch(branch) => self.branch(branch),
                Part::Statements(statements) | Part::Generator(statements) => self.statements(statements),
                Part::Opaque => false,
            }),
        }
    }

    fn branch(&mut self, branch: &'a Branch) -> bool {
        let parts = [&branch.future, &branch.guard, &branch.handler];
        parts.into_iter().flatten().any(|expr| self.expr(expr))
    }
}

/// Whether this piece begins code that does not run as a part of the enclosing coroutine: a closure, an
/// `async` block, a generator.
pub(crate) fn leaves_coroutine(piece: Piece<'_>) -> bool {
    match piece {
        Piece::Expr(expr) => matches!(expr, Expr::Closure(_) | Expr::Async(_) | Expr::Const(_)),
        Piece::Macro(mac) => MacroKind::of(mac) == MacroKind::Generator,
    }
}

/// Whether the enclosing coroutine can be suspended in `within`. An opaque macro may do that.
pub(crate) fn may_suspend<'a>(macros: &'a MacroTable, within: Within<'a>) -> bool {
    search(macros, within, &mut |piece| match piece {
        _ if leaves_coroutine(piece) => Step::Over,
        Piece::Expr(Expr::Await(_) | Expr::Yield(_) | Expr::Verbatim(_)) => Step::Found,
        Piece::Macro(mac) if MacroKind::of(mac).suspends() || is_opaque(macros, mac) => Step::Found,
        _ => Step::Into,
    })
}

/// Whether the enclosing coroutine awaits something visibly in `within`.
pub(crate) fn awaits<'a>(macros: &'a MacroTable, within: Within<'a>) -> bool {
    search(macros, within, &mut |piece| match piece {
        _ if leaves_coroutine(piece) => Step::Over,
        Piece::Expr(Expr::Await(_)) => Step::Found,
        Piece::Macro(mac) => Step::found_if(MacroKind::of(mac).suspends()),
        Piece::Expr(_) => Step::Into,
    })
}

/// Whether a macro call, or a part of it, cannot be looked into.
pub(crate) fn is_opaque<'a>(macros: &'a MacroTable, mac: &'a Macro) -> bool {
    macros.parts(mac).iter().any(|part| matches!(part, Part::Opaque))
}

/// Whether the variable `name` is mentioned anywhere in `within`, in closures, nested blocks and format
/// strings too. A shadowing binding of the same name counts: the answer errs on the side of "yes".
pub(crate) fn mentions<'a>(macros: &'a MacroTable, within: Within<'a>, name: &str) -> bool {
    search(macros, within, &mut |piece| match piece {
        Piece::Expr(expr) if sole_ident(expr).is_some_and(|ident| is(ident, name)) => Step::Found,
        // What a macro does with a name need not be understood to know that it is used.
        Piece::Macro(mac) if tokens_mention(&mac.tokens, name) => Step::Found,
        Piece::Expr(Expr::Verbatim(tokens)) if tokens_mention(tokens, name) => Step::Found,
        _ => Step::Into,
    })
}

fn is(ident: &Ident, name: &str) -> bool {
    plain_name(ident) == name
}

pub(crate) fn tokens_mention(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => is(&ident, name),
        TokenTree::Group(group) => tokens_mention(&group.stream(), name),
        // `"{name}"`, roughly: too often is better than too seldom.
        TokenTree::Literal(literal) => literal.to_string().contains(name),
        TokenTree::Punct(_) => false,
    })
}
