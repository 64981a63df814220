//! The names that a function's own code may own.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use steadfast_rules::syntax::attributes::conditions;
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, Expr, FnArg, Pat, Receiver, ReceiverKind, Stmt, Type};

use crate::parse::Function;
use crate::parse::argument::first_span;
use crate::shape::Block;

/// A name that the parameters bind.
pub(super) struct Binding {
    pub(super) name: Ident,
    pub(super) mutable: Option<syn::Token![mut]>,
    pub(super) at: Span,
    pub(super) cfgs: Vec<Attribute>,
    pub(super) owned: Owned,
    /// Whether it is a parameter's whole pattern.
    pub(super) whole: bool,
}

/// What a parameter's type says about its value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owned {
    Yes,
    /// A closure that can be called once: to call it is to take it.
    Once,
    /// A shared reference, or a plain number.
    Copied,
    /// `&mut T`: cannot be cloned, can be reborrowed.
    Exclusively,
}

/// The names that own something: a reference is copied or reborrowed by each attempt without our doing.
pub(super) fn of_signature(function: &Function) -> Vec<Binding> {
    let mut found = Vec::new();
    for argument in &function.signature.inputs {
        match argument {
            FnArg::Receiver(receiver) => found.extend(receiver_binding(receiver)),
            FnArg::Typed(typed) => {
                let owned = owns(&typed.ty);
                let cfgs = cfgs(&typed.attrs);
                let ty = first_span(&typed.ty.to_token_stream());
                let whole = matches!(&*typed.pat, Pat::Ident(_));
                pattern_bindings(&typed.pat, &mut |pattern| {
                    // A copy that is declared `mut` may change, and would carry that into the next attempt.
                    if pattern.by_ref.is_none() && (owned != Owned::Copied || pattern.mutability.is_some()) {
                        found.push(Binding {
                            name: pattern.ident.clone(),
                            mutable: pattern.mutability,
                            at: if whole { ty } else { pattern.ident.span() },
                            cfgs: cfgs.clone(),
                            owned,
                            whole,
                        });
                    }
                });
            }
        }
    }
    found
}

fn receiver_binding(receiver: &Receiver) -> Option<Binding> {
    let at = match &receiver.kind {
        ReceiverKind::Reference(..) => return None,
        ReceiverKind::Typed(_, ty) => {
            // `Pin<&mut Self>` is reborrowed with `as_mut`.
            if ty
                .to_token_stream()
                .into_iter()
                .any(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == '&'))
            {
                return None;
            }
            first_span(&ty.to_token_stream())
        }
        _ => receiver.self_token.span,
    };
    let name = Ident::new("self", receiver.self_token.span);
    Some(Binding {
        name,
        mutable: receiver.mutability,
        at,
        cfgs: cfgs(&receiver.attrs),
        owned: Owned::Yes,
        whole: true,
    })
}

fn cfgs(attributes: &[Attribute]) -> Vec<Attribute> {
    conditions(attributes).cloned().collect()
}

fn owns(ty: &Type) -> Owned {
    match ty {
        Type::Reference(reference) if reference.mutability.is_some() => Owned::Exclusively,
        Type::Reference(_) => Owned::Copied,
        ty if is_copy(ty) => Owned::Copied,
        ty if names(&ty.to_token_stream(), "FnOnce") => Owned::Once,
        _ => Owned::Yes,
    }
}

fn names(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == name,
        TokenTree::Group(group) => names(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Types of the standard library that are `Copy` and `Sync`: every attempt has its own copy as it is.
fn is_copy(ty: &Type) -> bool {
    const NAMES: [&str; 20] = [
        "bool",
        "char",
        "u8",
        "u16",
        "u32",
        "u64",
        "u128",
        "usize",
        "i8",
        "i16",
        "i32",
        "i64",
        "i128",
        "isize",
        "f32",
        "f64",
        "Duration",
        "Instant",
        "SocketAddr",
        "IpAddr",
    ];
    match ty {
        Type::Path(path) if path.qself.is_none() => {
            path.path.get_ident().is_some_and(|name| NAMES.iter().any(|known| name == known))
        }
        Type::Group(group) => is_copy(&group.elem),
        Type::Paren(paren) => is_copy(&paren.elem),
        _ => false,
    }
}

pub(crate) fn pattern_bindings(pattern: &Pat, visit: &mut dyn FnMut(&syn::PatIdent)) {
    match pattern {
        Pat::Ident(ident) => {
            visit(ident);
            if let Some((_, inner)) = &ident.subpat {
                pattern_bindings(inner, visit);
            }
        }
        Pat::Tuple(tuple) => tuple.elems.iter().for_each(|pattern| pattern_bindings(pattern, visit)),
        Pat::TupleStruct(tuple) => tuple.elems.iter().for_each(|pattern| pattern_bindings(pattern, visit)),
        Pat::Struct(fields) => fields.fields.iter().for_each(|field| pattern_bindings(&field.pat, visit)),
        Pat::Slice(slice) => slice.elems.iter().for_each(|pattern| pattern_bindings(pattern, visit)),
        Pat::Paren(paren) => pattern_bindings(&paren.pat, visit),
        Pat::Type(typed) => pattern_bindings(&typed.pat, visit),
        // What stands behind `&` is copied out.
        _ => {}
    }
}

/// Those that a block at the end of a plain function captures.
pub(super) fn of_block(function: &Function, block: &Block) -> Vec<Binding> {
    let mut bindings = of_signature(function);
    for local in locals(&block.outside) {
        bindings.retain(|shadowed| shadowed.name != local.name);
        bindings.push(local);
    }
    hidden_behind_lets(&mut bindings, &block.before);
    bindings
}

/// A local variable in front of the block is as good as an argument. Its type is not known.
fn locals(outside: &TokenStream) -> Vec<Binding> {
    let tokens: Vec<TokenTree> = outside.clone().into_iter().collect();
    let semicolon = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    let end = tokens.iter().rposition(semicolon).map_or(0, |at| at + 1);
    let mut found = Vec::new();
    for local in lets(&tokens[..end].iter().cloned().collect()) {
        pattern_bindings(&local.pat, &mut |pattern| {
            found.push(Binding {
                name: pattern.ident.clone(),
                mutable: pattern.mutability,
                at: pattern.ident.span(),
                cfgs: Vec::new(),
                owned: Owned::Yes,
                whole: false,
            });
        });
    }
    found
}

fn lets(tokens: &TokenStream) -> Vec<syn::Local> {
    let statements = syn::Block::parse_within.parse2(tokens.clone()).unwrap_or_default();
    statements
        .into_iter()
        .filter_map(|statement| match statement {
            Stmt::Local(local) => Some(local),
            _ => None,
        })
        .collect()
}

/// `#[async_trait]` renames `self` and takes `mut` and patterns into the block: its statements say the names there.
fn hidden_behind_lets(bindings: &mut Vec<Binding>, before: &TokenStream) {
    let mut known = std::mem::take(bindings);
    for local in lets(before) {
        let Some(from) = local.init.as_ref().and_then(|init| taken_over(&init.expr)) else { continue };
        // A pattern stands behind a name of its own, of which only the position in the signature is known.
        let positional = from.strip_prefix("__arg").is_some();
        let at = known.iter().position(|binding| binding.name == from.as_str());
        if at.is_none() && !positional {
            continue;
        }
        let taken = at.map(|at| known.swap_remove(at));
        pattern_bindings(&local.pat, &mut |pattern| {
            bindings.push(Binding {
                name: pattern.ident.clone(),
                mutable: pattern.mutability,
                at: taken.as_ref().map_or(pattern.ident.span(), |taken| taken.at),
                cfgs: taken.as_ref().map_or_else(Vec::new, |taken| taken.cfgs.clone()),
                owned: taken.as_ref().map_or(Owned::Yes, |taken| taken.owned),
                whole: false,
            });
        });
    }
    // What no statement takes over is captured by the block under its own name.
    bindings.append(&mut known);
}

/// The name in `let x = x;` and in `let (a, b) = { let __arg1 = __arg1; __arg1 };`.
fn taken_over(init: &Expr) -> Option<String> {
    match init {
        Expr::Path(path) => path.path.get_ident().map(Ident::to_string),
        Expr::Block(block) => match block.block.stmts.last() {
            Some(Stmt::Expr(last, None)) => taken_over(last),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the body names it, in format strings too.
pub(super) fn mentions(body: &TokenStream, name: &Ident) -> bool {
    let plain = name.unraw().to_string();
    body.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == *name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Literal(literal) => literal.to_string().contains(&format!("{{{plain}")),
        TokenTree::Punct(_) => false,
    })
}
