//! The blocks of a source, in an order that is the same for whoever reads it and whoever changes it.
//!
//! Questions name a place by the number of its block. Blocks in the arguments of macros have no number.

mod change;

pub use change::{BlockMut, RootMut, for_each_block_mut};

use std::collections::HashMap;
use std::ptr;

use syn::{Attribute, Block, Expr, File, ImplItem, Item, Signature, Stmt, TraitItem};

use crate::question::BlockId;
use crate::syntax::{Child, children, statement_children};

/// What is checked.
#[derive(Clone, Copy)]
pub(crate) enum Root<'a> {
    File(&'a File),
    Item(&'a Item),
    ImplItem(&'a ImplItem),
    TraitItem(&'a TraitItem),
    Function { attrs: &'a [Attribute], sig: &'a Signature, block: &'a Block },
}

/// The number of each block, by its address.
pub(crate) fn numbers(root: Root<'_>) -> HashMap<usize, BlockId> {
    let mut numbers = Numbers::default();
    match root {
        Root::File(file) => file.items.iter().for_each(|item| numbers.item(item)),
        Root::Item(item) => numbers.item(item),
        Root::ImplItem(item) => numbers.impl_item(item),
        Root::TraitItem(item) => numbers.trait_item(item),
        Root::Function { block, .. } => numbers.block(block),
    }
    numbers.ids
}

#[derive(Default)]
struct Numbers {
    ids: HashMap<usize, BlockId>,
    next: u32,
}

impl Numbers {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Fn(function) => self.block(&function.block),
            Item::Impl(item) => item.items.iter().for_each(|item| self.impl_item(item)),
            Item::Trait(item) => item.items.iter().for_each(|item| self.trait_item(item)),
            Item::Mod(item) => {
                item.content.iter().flat_map(|(_, items)| items).for_each(|item| self.item(item));
            }
            Item::Const(item) => self.expr(&item.expr),
            Item::Static(item) => self.expr(&item.expr),
            _ => {}
        }
    }

    fn impl_item(&mut self, item: &ImplItem) {
        match item {
            ImplItem::Fn(method) => self.block(&method.block),
            ImplItem::Const(item) => self.expr(&item.expr),
            _ => {}
        }
    }

    fn trait_item(&mut self, item: &TraitItem) {
        if let TraitItem::Fn(method) = item {
            method.default.iter().for_each(|block| self.block(block));
        }
    }

    fn block(&mut self, block: &Block) {
        self.ids.insert(ptr::from_ref(block).addr(), BlockId(self.next));
        self.next += 1;
        for stmt in &block.stmts {
            match stmt {
                Stmt::Item(item) => self.item(item),
                _ => statement_children(stmt, &mut |child| self.child(child)),
            }
        }
    }

    fn child(&mut self, child: Child<'_>) {
        match child {
            Child::Expr(expr) => self.expr(expr),
            Child::Block(block) => self.block(block),
            Child::Pat(pattern) => {
                if let Some(guard) = crate::syntax::patterns::guard(pattern) {
                    self.expr(guard);
                }
            }
            Child::Macro(_) => {}
        }
    }

    fn expr(&mut self, expr: &Expr) {
        children(expr, &mut |child| self.child(child));
    }
}
