//! The local variables in scope.

use syn::{Expr, Ident};

use super::holds::Holds;
use crate::syntax::plain_name;

/// A local variable.
pub(crate) struct Local<'a> {
    pub(crate) name: String,
    /// The canonical path of its type, behind references and smart pointers, if the source tells.
    pub(crate) ty: Option<String>,
    /// Its initializer, if it is bound by a plain `let`.
    pub(crate) init: Option<&'a Expr>,
    pub(crate) holds: Holds,
}

/// All variables in scope, innermost last.
#[derive(Default)]
pub(crate) struct Scope<'a> {
    locals: Vec<Local<'a>>,
}

/// How many variables are in scope at some point.
#[derive(Clone, Copy)]
pub(crate) struct Mark(usize);

impl<'a> Scope<'a> {
    pub(crate) fn mark(&self) -> Mark {
        Mark(self.locals.len())
    }

    pub(crate) fn leave(&mut self, mark: Mark) {
        self.locals.truncate(mark.0);
    }

    pub(crate) fn bind(&mut self, ident: &Ident, ty: Option<String>, init: Option<&'a Expr>, holds: Holds) {
        self.locals.push(Local { name: plain_name(ident), ty, init, holds });
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Local<'a>> {
        self.locals.iter().rev().find(|local| local.name == name)
    }

    /// Whether the variable that `name` means was in scope at `mark` already.
    pub(crate) fn is_older(&self, name: &str, mark: Mark) -> bool {
        self.locals.iter().rposition(|local| local.name == name).is_some_and(|index| index < mark.0)
    }
}
