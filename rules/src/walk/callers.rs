//! Who calls whom in the source at hand, by names alone.

use std::collections::HashSet;

use syn::{Attribute, Block, Expr, ImplItem, Item, ItemMod, Signature, TraitItem};

use super::{Cx, Function};
use crate::blocks::Root;
use crate::syntax::macros::MacroTable;
use crate::syntax::search::{Piece, Step, Within, search};
use crate::syntax::{attributes, callee, plain_name};

/// The functions of a source, tests aside, and the last names of all that each of them calls.
#[derive(Default)]
pub(crate) struct Calls<'a> {
    functions: Vec<(Function<'a>, HashSet<String>)>,
}

impl<'a> Calls<'a> {
    pub(super) fn of(root: Root<'a>, macros: &'a MacroTable) -> Self {
        let mut calls = Self::default();
        let mut add = |attrs: &'a [Attribute], sig: &'a Signature, block: &'a Block| {
            let function = Function { attrs, sig, block };
            calls.functions.push((function, called(macros, Within::Block(block))));
        };
        match root {
            Root::File(file) => file.items.iter().for_each(|item| in_item(item, &mut add)),
            Root::Item(item) => in_item(item, &mut add),
            Root::ImplItem(item) => in_impl_item(item, &mut add),
            Root::TraitItem(item) => in_trait_item(item, &mut add),
            Root::Function { attrs, sig, block } => add(attrs, sig, block),
        }
        calls
    }

    /// The functions that call something of this name.
    pub(crate) fn callers<'c>(&'c self, name: &'c str) -> impl Iterator<Item = Function<'a>> + 'c {
        self.functions.iter().filter(move |(_, called)| called.contains(name)).map(|(function, _)| *function)
    }
}

impl<'a> Cx<'a> {
    /// Who calls whom in the source at hand.
    pub(crate) fn calls(&self) -> &Calls<'a> {
        self.calls.get_or_init(|| Calls::of(self.root, self.macros))
    }
}

/// The last names of the functions and methods that are called in `within`.
pub(crate) fn called<'a>(macros: &'a MacroTable, within: Within<'a>) -> HashSet<String> {
    let mut names = HashSet::new();
    search(macros, within, &mut |piece| {
        match piece {
            Piece::Expr(Expr::MethodCall(call)) => {
                names.insert(plain_name(&call.method));
            }
            Piece::Expr(Expr::Call(call)) => {
                let last = callee(&call.func).and_then(|path| path.segments.last());
                names.extend(last.map(|last| plain_name(&last.ident)));
            }
            _ => {}
        }
        Step::Into
    });
    names
}

type Add<'v, 'a> = dyn FnMut(&'a [Attribute], &'a Signature, &'a Block) + 'v;

fn in_item<'a>(item: &'a Item, add: &mut Add<'_, 'a>) {
    if attributes::is_test(attributes::of_item(item)) {
        return;
    }
    match item {
        Item::Fn(function) => add(&function.attrs, &function.sig, &function.block),
        Item::Impl(item) => item.items.iter().for_each(|item| in_impl_item(item, add)),
        Item::Trait(item) => item.items.iter().for_each(|item| in_trait_item(item, add)),
        Item::Mod(ItemMod { content: Some((_, items)), .. }) => {
            for item in items {
                in_item(item, add);
            }
        }
        _ => {}
    }
}

fn in_impl_item<'a>(item: &'a ImplItem, add: &mut Add<'_, 'a>) {
    if let ImplItem::Fn(method) = item {
        if !attributes::is_test(&method.attrs) {
            add(&method.attrs, &method.sig, &method.block);
        }
    }
}

fn in_trait_item<'a>(item: &'a TraitItem, add: &mut Add<'_, 'a>) {
    if let TraitItem::Fn(method) = item {
        if let Some(block) = &method.default {
            add(&method.attrs, &method.sig, block);
        }
    }
}
