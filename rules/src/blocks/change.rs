//! Changing the blocks of a source.

use syn::{Block, Expr, ExprStruct, File, ImplItem, Item, Local, Pat, Stmt, TraitItem};

use crate::question::BlockId;

/// A source whose blocks are to be changed.
pub enum RootMut<'a> {
    /// A file that was checked with [`check_file`](crate::check_file).
    File(&'a mut File),
    /// An item that was checked with [`check_item`](crate::check_item).
    Item(&'a mut Item),
    /// An item of an `impl` block that was checked with [`check_impl_item`](crate::check_impl_item).
    ImplItem(&'a mut ImplItem),
    /// An item of a trait that was checked with [`check_trait_item`](crate::check_trait_item).
    TraitItem(&'a mut TraitItem),
    /// The body of a function that was checked with [`check_function`](crate::check_function).
    Body(&'a mut Block),
}

/// What is called for each block.
pub type BlockMut<'v> = dyn FnMut(BlockId, &mut Block) + 'v;

/// Calls `visit` with each block of a source that was checked and has not been changed since.
///
/// The numbers are those in [`Anchor`](crate::Anchor). The blocks inside of a block come before it, so that
/// statements can be added without moving anything that is still to come.
pub fn for_each_block_mut(root: RootMut<'_>, visit: &mut BlockMut<'_>) {
    let mut changer = Changer { next: 0, visit };
    match root {
        RootMut::File(file) => file.items.iter_mut().for_each(|item| changer.item(item)),
        RootMut::Item(item) => changer.item(item),
        RootMut::ImplItem(item) => changer.impl_item(item),
        RootMut::TraitItem(item) => changer.trait_item(item),
        RootMut::Body(block) => changer.block(block),
    }
}

struct Changer<'v> {
    next: u32,
    visit: &'v mut BlockMut<'v>,
}

impl Changer<'_> {
    fn item(&mut self, item: &mut Item) {
        match item {
            Item::Fn(function) => self.block(&mut function.block),
            Item::Impl(item) => item.items.iter_mut().for_each(|item| self.impl_item(item)),
            Item::Trait(item) => item.items.iter_mut().for_each(|item| self.trait_item(item)),
            Item::Mod(item) => {
                item.content.iter_mut().flat_map(|(_, items)| items).for_each(|item| self.item(item));
            }
            Item::Const(item) => self.expr(&mut item.expr),
            Item::Static(item) => self.expr(&mut item.expr),
            _ => {}
        }
    }

    fn impl_item(&mut self, item: &mut ImplItem) {
        match item {
            ImplItem::Fn(method) => self.block(&mut method.block),
            ImplItem::Const(item) => self.expr(&mut item.expr),
            _ => {}
        }
    }

    fn trait_item(&mut self, item: &mut TraitItem) {
        if let TraitItem::Fn(method) = item {
            method.default.iter_mut().for_each(|block| self.block(block));
        }
    }

    fn block(&mut self, block: &mut Block) {
        let id = BlockId(self.next);
        self.next += 1;
        block.stmts.iter_mut().for_each(|stmt| self.statement(stmt));
        (self.visit)(id, block);
    }

    fn statement(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Local(local) => self.local(local),
            Stmt::Expr(expr, _) => self.expr(expr),
            Stmt::Item(item) => self.item(item),
            Stmt::Macro(_) => {}
        }
    }

    fn local(&mut self, local: &mut Local) {
        if let Some(init) = &mut local.init {
            self.expr(&mut init.expr);
            if let Some((_, diverge)) = &mut init.diverge {
                self.expr(diverge);
            }
        }
        self.guard(&mut local.pat);
    }

    fn guard(&mut self, pattern: &mut Pat) {
        match pattern {
            Pat::Guard(guarded) => self.expr(&mut guarded.guard),
            Pat::Paren(paren) => self.guard(&mut paren.pat),
            _ => {}
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Async(e) => self.block(&mut e.block),
            Expr::Block(e) => self.block(&mut e.block),
            Expr::Const(e) => self.block(&mut e.block),
            Expr::Loop(e) => self.block(&mut e.body),
            Expr::TryBlock(e) => self.block(&mut e.block),
            Expr::Unsafe(e) => self.block(&mut e.block),
            Expr::Macro(_) => {}
            Expr::Closure(e) => {
                e.inputs.iter_mut().for_each(|input| self.guard(input));
                self.expr(&mut e.body);
            }
            Expr::ForLoop(e) => {
                self.expr(&mut e.expr);
                self.guard(&mut e.pat);
                self.block(&mut e.body);
            }
            Expr::If(e) => {
                self.expr(&mut e.cond);
                self.block(&mut e.then_branch);
                if let Some((_, other)) = &mut e.else_branch {
                    self.expr(other);
                }
            }
            Expr::Let(e) => {
                self.expr(&mut e.expr);
                self.guard(&mut e.pat);
            }
            Expr::Match(e) => {
                self.expr(&mut e.expr);
                for arm in &mut e.arms {
                    self.guard(&mut arm.pat);
                    self.expr(&mut arm.body);
                }
            }
            Expr::While(e) => {
                self.expr(&mut e.cond);
                self.block(&mut e.body);
            }
            _ => self.operands(expr),
        }
    }

    fn operands(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Array(e) => e.elems.iter_mut().for_each(|elem| self.expr(elem)),
            Expr::Tuple(e) => e.elems.iter_mut().for_each(|elem| self.expr(elem)),
            Expr::Struct(e) => self.literal(e),
            Expr::Call(e) => {
                self.expr(&mut e.func);
                e.args.iter_mut().for_each(|argument| self.expr(argument));
            }
            Expr::MethodCall(e) => {
                self.expr(&mut e.receiver);
                e.args.iter_mut().for_each(|argument| self.expr(argument));
            }
            Expr::Binary(e) => self.both(&mut e.left, &mut e.right),
            Expr::Assign(e) => self.both(&mut e.right, &mut e.left),
            Expr::Index(e) => self.both(&mut e.expr, &mut e.index),
            Expr::Repeat(e) => self.both(&mut e.expr, &mut e.len),
            Expr::Range(e) => {
                [&mut e.start, &mut e.end].into_iter().flatten().for_each(|end| self.expr(end));
            }
            _ => self.sole_operand(expr),
        }
    }

    fn both(&mut self, first: &mut Expr, second: &mut Expr) {
        self.expr(first);
        self.expr(second);
    }

    fn literal(&mut self, literal: &mut ExprStruct) {
        literal.fields.iter_mut().for_each(|field| self.expr(&mut field.expr));
        if let Some(rest) = &mut literal.rest {
            self.expr(rest);
        }
    }

    fn sole_operand(&mut self, expr: &mut Expr) {
        let operand = match expr {
            Expr::Await(e) => Some(&mut e.base),
            Expr::Try(e) => Some(&mut e.expr),
            Expr::Return(e) => e.expr.as_mut(),
            Expr::Break(e) => e.expr.as_mut(),
            Expr::Yield(e) => e.expr.as_mut(),
            Expr::Cast(e) => Some(&mut e.expr),
            Expr::Field(e) => Some(&mut e.base),
            Expr::Reference(e) => Some(&mut e.expr),
            Expr::RawAddr(e) => Some(&mut e.expr),
            Expr::Paren(e) => Some(&mut e.expr),
            Expr::Group(e) => Some(&mut e.expr),
            Expr::Unary(e) => Some(&mut e.expr),
            _ => None,
        };
        if let Some(operand) = operand {
            self.expr(operand);
        }
    }
}
