//! What attributes say about the code below them.

use std::iter;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, ImplItem, Item, Lit, Meta, MetaList, Stmt, Token, TraitItem};

use super::plain_name;

/// Whether the attributes make the item a test or a benchmark, or compile it for tests only.
pub(crate) fn is_test(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        // Most of all attributes are comments.
        let name = attr.path().segments.last().filter(|name| name.ident != "doc");
        let Some(name) = name else { return false };
        match plain_name(&name.ident).as_str() {
            // `#[test]`, `#[tokio::test]`, `#[rstest]`, `#[sqlx::test]`
            "test" | "rstest" | "bench" | "test_case" | "wasm_bindgen_test" | "traced_test" => true,
            "cfg" => matches!(&attr.meta, Meta::List(list) if asks_for_test(&list.tokens)),
            _ => false,
        }
    })
}

/// `test` · `all(test, ..)` · `any(test, ..)`, but not `not(test)`.
fn asks_for_test(tokens: &TokenStream) -> bool {
    let mut negated = false;
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(name) => {
            negated = name == "not";
            name == "test"
        }
        TokenTree::Group(group) => !negated && asks_for_test(&group.stream()),
        _ => false,
    })
}

/// Whether the attributes compile what they stand on for WebAssembly only.
pub(crate) fn is_wasm_only(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        attr.path().is_ident("cfg") && attr.parse_args().is_ok_and(|cfg| holds_on_wasm_only(&cfg))
    })
}

/// `target_family = "wasm"` · `all(target_arch = "wasm32", ..)`, but not `any(target_family = "wasm", unix)`.
fn holds_on_wasm_only(cfg: &Meta) -> bool {
    let parts = |list: &MetaList| list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    match cfg {
        Meta::NameValue(pair) => {
            let Expr::Lit(ExprLit { lit: Lit::Str(value), .. }) = &pair.value else { return false };
            let names =
                if pair.path.is_ident("target_family") { ["wasm"].as_slice() } else { &["wasm32", "wasm64"] };
            let is_target = pair.path.is_ident("target_family") || pair.path.is_ident("target_arch");
            is_target && names.contains(&value.value().as_str())
        }
        Meta::List(list) if list.path.is_ident("all") => {
            parts(list).is_ok_and(|parts| parts.iter().any(holds_on_wasm_only))
        }
        Meta::List(list) if list.path.is_ident("any") => {
            parts(list).is_ok_and(|parts| !parts.is_empty() && parts.iter().all(holds_on_wasm_only))
        }
        _ => false,
    }
}

/// Attributes that leave an `async` function what it is, or tell the compiler its type as the function does: those of the
/// language, of this crate, of web frameworks and of tests.
const KEPT: [&str; 51] = [
    "allow",
    "async_trait",
    "bench",
    "blocking",
    "bounded",
    "cancel_unsafe",
    "cfg",
    "cfg_attr",
    "checked",
    "cold",
    "debug_handler",
    "debug_middleware",
    "delete",
    "deny",
    "deprecated",
    "derive",
    "diagnostic",
    "doc",
    "expect",
    "forbid",
    "get",
    "head",
    "ignore",
    "inline",
    "instrument",
    "main",
    "must_join",
    "must_use",
    "non_exhaustive",
    "offload",
    "options",
    "patch",
    "path",
    "post",
    "put",
    "repr",
    "retry",
    "route",
    "rstest",
    "rustfmt",
    "shield",
    "should_panic",
    "skip",
    "stream",
    "test",
    "timeout",
    "traced_test",
    "track_caller",
    "trait_variant",
    "warn",
    "wasm_bindgen",
];

/// Whether an attribute may make something else of the `async` functions below it.
pub(crate) fn may_rewrite(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        let last = attr.path().segments.last().map(|last| plain_name(&last.ident));
        last.is_some_and(|last| !KEPT.contains(&last.as_str()))
    })
}

/// Whether an attribute of this last name is there: `#[tokio::main]` has the name `main`.
pub(crate) fn has(attrs: &[Attribute], name: &str) -> bool {
    attrs.iter().any(|attr| attr.path().segments.last().is_some_and(|last| last.ident == name))
}

/// The attribute that runs the function on a `tokio` runtime with one thread.
pub(crate) fn single_threaded(attrs: &[Attribute]) -> Option<&Attribute> {
    let words = |attr: &Attribute, word: &str| match &attr.meta {
        Meta::List(list) => super::search::tokens_mention(&list.tokens, word),
        Meta::Path(_) | Meta::NameValue(_) => false,
    };
    attrs.iter().find(|attr| {
        let names: Vec<String> =
            attr.path().segments.iter().map(|segment| plain_name(&segment.ident)).collect();
        match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["tokio", "test"] => !words(attr, "multi_thread"),
            ["tokio", "main"] => words(attr, "current_thread"),
            _ => false,
        }
    })
}

/// Whether an attribute has this word among its arguments: `#[tokio::test(start_paused = true)]` has `start_paused`.
pub(crate) fn mentions(attrs: &[Attribute], word: &str) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        Meta::List(list) => super::search::tokens_mention(&list.tokens, word),
        Meta::Path(_) | Meta::NameValue(_) => false,
    })
}

/// Whether the attribute decides what is compiled: `#[cfg(..)]`, `#[cfg_attr(.., cfg(..))]`.
#[must_use]
pub fn is_condition(attr: &Attribute) -> bool {
    fn holds_cfg(tokens: TokenStream) -> bool {
        let parts = Punctuated::<Meta, Token![,]>::parse_terminated.parse2(tokens);
        parts.is_ok_and(|parts| parts.iter().skip(1).any(is_cfg))
    }
    fn is_cfg(meta: &Meta) -> bool {
        match meta {
            Meta::List(list) if list.path.is_ident("cfg") => true,
            Meta::List(list) => list.path.is_ident("cfg_attr") && holds_cfg(list.tokens.clone()),
            Meta::Path(_) | Meta::NameValue(_) => false,
        }
    }
    is_cfg(&attr.meta)
}

/// The attributes that decide whether what they stand on is compiled.
pub fn conditions(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> + Clone {
    attrs.iter().filter(|attr| is_condition(attr))
}

/// The conditions in front of an expression, and the expression without any attribute.
pub(crate) fn split(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let is_hash = |token: &TokenTree| matches!(token, TokenTree::Punct(hash) if hash.as_char() == '#');
    let mut written = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(hash) = tokens.next_if(is_hash) {
        written.extend(iter::once(hash).chain(tokens.next()));
    }
    let attrs = Attribute::parse_outer.parse2(written).unwrap_or_default();
    (conditions(&attrs).map(ToTokens::to_token_stream).collect(), tokens.collect())
}

/// The attributes of a statement. Those of `#[a] x += 1` hang on its left end.
pub(crate) fn of_statement(stmt: &Stmt) -> &[Attribute] {
    match stmt {
        Stmt::Local(local) => &local.attrs,
        Stmt::Item(item) => of_item(item),
        Stmt::Macro(call) => &call.attrs,
        Stmt::Expr(expr, _) => of_expr(leftmost(expr)),
    }
}

fn leftmost(mut expr: &Expr) -> &Expr {
    loop {
        expr = match expr {
            Expr::Assign(assign) => &assign.left,
            Expr::Binary(binary) => &binary.left,
            Expr::Cast(cast) => &cast.expr,
            _ => return expr,
        };
    }
}

macro_rules! attrs_of {
    ($node:expr, $kind:ident { $($variant:ident)* }) => {
        match $node {
            $($kind::$variant(node) => &node.attrs,)*
            _ => &[],
        }
    };
}

pub(crate) fn of_expr(expr: &Expr) -> &[Attribute] {
    attrs_of!(expr, Expr {
        Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop Group If Index
        Infer Let Lit Loop Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try
        TryBlock Tuple Unary Unsafe While Yield
    })
}

pub(crate) fn of_item(item: &Item) -> &[Attribute] {
    attrs_of!(item, Item {
        Const Enum ExternCrate Fn ForeignMod Impl Macro Mod Static Struct Trait TraitAlias Type Union Use
    })
}

pub(crate) fn of_impl_item(item: &ImplItem) -> &[Attribute] {
    attrs_of!(item, ImplItem { Const Fn Type Macro })
}

pub(crate) fn of_trait_item(item: &TraitItem) -> &[Attribute] {
    attrs_of!(item, TraitItem { Const Fn Type Macro })
}
