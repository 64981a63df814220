//! Files, modules and functions.

use std::mem;

use syn::{
    Attribute, Block, File, FnArg, ImplItem, Item, ItemImpl, ItemMod, ReturnType, Signature, TraitItem, Type,
};

use super::context::{Context, Kind};
use super::{Body, Function, Walker};
use crate::blocks::Root;
use crate::names::{Holds, Module, is_async};
use crate::syntax::{attributes, plain_name};

/// Beginnings of the names of functions that set something up before it serves.
const STARTUP_NAMES: [&str; 5] = ["new", "init", "setup", "bootstrap", "load_config"];

impl<'a> Walker<'a> {
    pub(super) fn root(&mut self, root: Root<'a>) {
        match root {
            Root::File(file) => self.file(file),
            Root::Item(item) => self.item(item),
            Root::ImplItem(item) => self.impl_item(item),
            Root::TraitItem(item) => self.trait_item(item),
            Root::Function { attrs, sig, block } => self.function(attrs, sig, block),
        }
    }

    fn file(&mut self, file: &'a File) {
        self.below(&file.attrs, |walker| {
            walker.in_cfg(&file.attrs, |walker| walker.module(&file.items));
        });
    }

    fn module(&mut self, items: &'a [Item]) {
        self.cx.names.enter(Module::of_items(items), false);
        for item in items {
            self.item(item);
        }
        self.cx.names.leave();
    }

    /// An item in a block: nothing of the code around it holds for it, except for the names.
    pub(super) fn nested_item(&mut self, item: &'a Item) {
        let Context { test, wasm, .. } = self.cx.context;
        let context = Context { test, wasm, ..Context::default() };
        let coroutine = self.cx.coroutine.take();
        let scope = mem::take(&mut self.cx.names.scope);
        let parents = mem::take(&mut self.cx.parents);
        self.with(context, |walker| walker.item(item));
        self.cx.parents = parents;
        self.cx.names.scope = scope;
        self.cx.coroutine = coroutine;
    }

    pub(super) fn item(&mut self, item: &'a Item) {
        let attrs = attributes::of_item(item);
        self.in_item(attrs, |walker| match item {
            Item::Fn(function) => walker.body(&function.attrs, &function.sig, &function.block),
            Item::Impl(item) => walker.implementation(item),
            Item::Trait(item) => item.items.iter().for_each(|item| walker.trait_item(item)),
            Item::Mod(ItemMod { ident, content: Some((_, items)), .. }) => {
                walker.cx.names.module.push(plain_name(ident));
                walker.module(items);
                walker.cx.names.module.pop();
            }
            Item::Const(item) => walker.expr(&item.expr),
            Item::Static(item) => walker.expr(&item.expr),
            _ => {}
        });
    }

    fn implementation(&mut self, item: &'a ItemImpl) {
        let self_type = type_name(&item.self_ty);
        let implements = item.trait_.as_ref().and_then(|implemented| type_name_of_path(&implemented.0));
        let outer_trait = mem::replace(&mut self.cx.implements, implements);
        let outer_type = mem::replace(&mut self.cx.names.self_type, self_type);
        let outer_methods = mem::replace(&mut self.cx.names.async_methods, async_methods(item));
        let bounds = self.cx.names.bounds.len();
        self.cx.names.bind_generics(&item.generics);
        item.items.iter().for_each(|item| self.impl_item(item));
        self.cx.names.bounds.truncate(bounds);
        self.cx.implements = outer_trait;
        self.cx.names.self_type = outer_type;
        self.cx.names.async_methods = outer_methods;
    }

    pub(super) fn impl_item(&mut self, item: &'a ImplItem) {
        self.in_item(attributes::of_impl_item(item), |walker| match item {
            ImplItem::Fn(method) => walker.body(&method.attrs, &method.sig, &method.block),
            ImplItem::Const(item) => walker.expr(&item.expr),
            _ => {}
        });
    }

    pub(super) fn trait_item(&mut self, item: &'a TraitItem) {
        self.in_item(attributes::of_trait_item(item), |walker| {
            if let TraitItem::Fn(method) = item {
                if let Some(block) = &method.default {
                    walker.body(&method.attrs, &method.sig, block);
                }
            }
        });
    }

    pub(super) fn function(&mut self, attrs: &'a [Attribute], sig: &'a Signature, block: &'a Block) {
        self.in_item(attrs, |walker| walker.body(attrs, sig, block));
    }

    fn in_item(&mut self, attrs: &'a [Attribute], walk: impl FnOnce(&mut Self)) {
        let test = self.cx.context.test || attributes::is_test(attrs);
        let wasm = self.cx.context.wasm || attributes::is_wasm_only(attrs);
        let rewritten = self.cx.context.rewritten || attributes::may_rewrite(attrs);
        self.below(attrs, |walker| {
            walker.with(Context { test, rewritten, wasm, ..Context::default() }, walk);
        });
    }

    /// Walks a part of a file or a function that is compiled under the `cfg` of these attributes.
    pub(super) fn in_cfg(&mut self, attrs: &[Attribute], walk: impl FnOnce(&mut Self)) {
        let outer = self.cx.context.wasm;
        self.cx.context.wasm = outer || attributes::is_wasm_only(attrs);
        walk(self);
        self.cx.context.wasm = outer;
    }

    fn body(&mut self, attrs: &'a [Attribute], sig: &'a Signature, block: &'a Block) {
        // `#[offload]` runs its function where it may block. That it goes on a plain one is said by its macro.
        let is_async = sig.asyncness.is_some() && !attributes::has(attrs, "offload");
        let survey = self.survey_function(attrs, sig, is_async);
        if self.passes_over(is_async) {
            return survey.into_iter().for_each(|(_, outer)| self.leave_function(outer));
        }
        let kind = if is_async { Kind::Async } else { Kind::Sync };
        let context = Context {
            kind: survey.as_ref().map_or(kind, |(kind, _)| *kind),
            startup: is_startup(attrs, sig),
            paused: attributes::mentions(attrs, "start_paused"),
            sees_panics: attributes::mentions(attrs, "unhandled_panic"),
            in_drop: self.cx.implements.as_deref() == Some("Drop") && sig.ident == "drop",
            in_poll: !is_async && is_poll(sig),
            rewritten: self.cx.context.rewritten && is_async && matches!(sig.output, ReturnType::Type(..)),
            ..self.cx.context
        };
        let outer_function = self.cx.function.replace(Function { attrs, sig, block });
        let outer = self.cx.coroutine.take();
        let captures = mem::take(&mut self.cx.captures);
        let bounds = self.cx.names.bounds.len();
        self.cx.names.bind_generics(&sig.generics);
        self.cx.coroutine = is_async.then_some(Body::Block(block));
        self.with(context, |walker| {
            walker.scoped(|walker| {
                for input in &sig.inputs {
                    if let FnArg::Typed(parameter) = input {
                        walker.bind_parameter(&parameter.pat, &parameter.ty);
                    }
                }
                walker.hooks.function(&mut walker.cx, sig, block);
                walker.block(block);
            });
        });
        if let Some((_, outer)) = survey {
            self.leave_function(outer);
        }
        self.cx.function = outer_function;
        self.cx.names.bounds.truncate(bounds);
        self.cx.coroutine = outer;
        self.cx.captures = captures;
    }

    fn bind_parameter(&mut self, pattern: &'a syn::Pat, ty: &'a Type) {
        let ty = self.cx.names.named_type(ty);
        match crate::syntax::patterns::sole_binding(pattern) {
            Some(name) => self.cx.names.scope.bind(name, ty, None, Holds::Typed),
            None => self.cx.names.bind_holding(pattern, None, Holds::Typed),
        }
    }
}

/// Whether the function is one that runs once, before anything waits for it.
fn is_startup(attrs: &[Attribute], sig: &Signature) -> bool {
    let name = plain_name(&sig.ident);
    let takes_self = sig.receiver().is_some();
    let returns_self = matches!(&sig.output, ReturnType::Type(_, ty) if mentions_self(ty));
    name == "main"
        || attributes::has(attrs, "main")
        || !takes_self && (returns_self || STARTUP_NAMES.iter().any(|start| begins_with_word(&name, start)))
}

/// Whether the function is polled: `fn poll..(.., cx: &mut Context<'_>, ..) -> Poll<..>`.
fn is_poll(sig: &Signature) -> bool {
    let returns_poll =
        matches!(&sig.output, ReturnType::Type(_, ty) if type_name(ty).as_deref() == Some("Poll"));
    let is_context = |input: &FnArg| matches!(input, FnArg::Typed(input) if type_name(&input.ty).as_deref() == Some("Context"));
    returns_poll && plain_name(&sig.ident).starts_with("poll") && sig.inputs.iter().any(is_context)
}

fn begins_with_word(name: &str, word: &str) -> bool {
    name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

fn mentions_self(ty: &Type) -> bool {
    use quote::ToTokens;
    fn any(tokens: proc_macro2::TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident == "Self",
            proc_macro2::TokenTree::Group(group) => any(group.stream()),
            _ => false,
        })
    }
    any(ty.to_token_stream())
}

fn type_name_of_path(path: &syn::Path) -> Option<String> {
    path.segments.last().map(|last| plain_name(&last.ident))
}

fn type_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => type_name_of_path(&path.path),
        Type::Reference(reference) => type_name(&reference.elem),
        _ => None,
    }
}

/// The names of the methods that are `async`, whichever of their `cfg`s holds.
fn async_methods(item: &ItemImpl) -> Vec<String> {
    let mut names = Vec::new();
    let mut others = Vec::new();
    for item in &item.items {
        if let ImplItem::Fn(method) = item {
            let name = plain_name(&method.sig.ident);
            if is_async(&method.attrs, &method.sig) { names.push(name) } else { others.push(name) }
        }
    }
    names.retain(|name| !others.contains(name));
    names
}
