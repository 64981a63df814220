//! The functions in an item.

use syn::{Attribute, Block, ImplItem, Item, TraitItem};

use super::is_ours;

/// Attributes that check their item themselves.
const CHECKING: [&str; 4] = ["checked", "timeout", "retry", "bounded"];

pub(crate) fn checks_itself(attributes: &[Attribute], prefix: Option<&str>) -> bool {
    attributes.iter().any(|attribute| CHECKING.iter().any(|name| is_ours(attribute, name, prefix)))
}

/// Calls `visit` for the item and for each item in it, with its attributes, and with its body if it is a function.
pub(super) fn each(item: &mut Item, visit: &mut dyn FnMut(&mut Vec<Attribute>, Option<&mut Block>)) {
    match item {
        Item::Fn(function) => visit(&mut function.attrs, Some(&mut function.block)),
        Item::Impl(item) => {
            visit(&mut item.attrs, None);
            for item in &mut item.items {
                match item {
                    ImplItem::Fn(method) => visit(&mut method.attrs, Some(&mut method.block)),
                    ImplItem::Const(item) => visit(&mut item.attrs, None),
                    _ => {}
                }
            }
        }
        Item::Trait(item) => {
            visit(&mut item.attrs, None);
            for item in &mut item.items {
                if let TraitItem::Fn(method) = item {
                    visit(&mut method.attrs, method.default.as_mut());
                }
            }
        }
        Item::Mod(item) => {
            visit(&mut item.attrs, None);
            for item in item.content.iter_mut().flat_map(|(_, items)| items) {
                each(item, visit);
            }
        }
        _ => {}
    }
}

/// The bodies of those functions that check themselves, which are left to them.
#[derive(Default)]
pub(super) struct Bodies(Vec<Block>);

impl Bodies {
    pub(super) fn take_out(item: &mut Item, prefix: Option<&str>) -> Self {
        let mut taken = Vec::new();
        each(item, &mut |attributes, body| {
            if let (true, Some(body)) = (checks_itself(attributes, prefix), body) {
                let empty = Block { brace_token: body.brace_token, stmts: Vec::new() };
                taken.push(std::mem::replace(body, empty));
            }
        });
        Self(taken)
    }

    pub(super) fn put_back(self, item: &mut Item, prefix: Option<&str>) {
        let mut taken = self.0.into_iter();
        each(item, &mut |attributes, body| {
            if let (true, Some(body)) = (checks_itself(attributes, prefix), body) {
                *body = taken.next().expect("as many as were taken");
            }
        });
    }
}
