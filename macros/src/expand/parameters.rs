//! The function's arguments under `retry`: each attempt starts from the caller's values.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, FnArg, Pat, Receiver, ReceiverKind, Stmt, Type};

use super::{generated, located};
use crate::body::moves;
use crate::parse::Function;
use crate::parse::argument::first_span;
use crate::parse::retry::Retry;
use crate::shape::Tail;

/// What an attempt does with an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Treatment {
    /// The body takes it, or changes its own copy: a clone for each attempt but the last, which takes the original.
    Clone,
    /// As `Clone`, and the attempt owns it even where the body only looks at it.
    Own,
    /// A `mut` variable that holds a `&mut`: reborrowed, so that an attempt may let it point elsewhere.
    Reborrow,
    /// Lent to each attempt exclusively, so that `Send` asks nothing but `Send` of its type.
    Lend,
}

struct Parameter {
    name: Ident,
    mutable: Option<syn::Token![mut]>,
    /// Where a message that it cannot be cloned belongs.
    at: Span,
    cfgs: Vec<Attribute>,
    treatment: Treatment,
}

/// The arguments that need something done; a shared reference, for one, does not.
#[derive(Default)]
pub(crate) struct Parameters(Vec<Parameter>);

/// A name that the parameters bind.
struct Binding {
    name: Ident,
    mutable: Option<syn::Token![mut]>,
    at: Span,
    cfgs: Vec<Attribute>,
    owned: Owned,
}

/// What a parameter's type says about its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owned {
    Yes,
    /// A shared reference, or a plain number.
    Copied,
    /// `&mut T`: cannot be cloned, can be reborrowed.
    Exclusively,
}

impl Parameters {
    /// Decides from the body, and takes `mut` from the signature where each attempt has a `mut` copy of its own.
    pub(crate) fn of(function: &mut Function, tail: &Tail, retry: &Retry) -> Self {
        let (bindings, body) = match tail {
            Tail::Opaque => return Self::default(),
            Tail::Block(block) => {
                let mut bindings = bindings(function);
                hidden_behind_lets(&mut bindings, &block.before);
                (bindings, block.group.stream())
            }
            Tail::AsyncFn | Tail::Plain => {
                let crate::parse::function::Body::Block { group, .. } = &function.body else {
                    return Self::default();
                };
                (bindings(function), group.stream())
            }
        };
        let names: Vec<Ident> = bindings.iter().map(|binding| binding.name.clone()).collect();
        let mut treatments: Vec<Option<Treatment>> =
            names.iter().map(|name| mentions(&body, name).then_some(Treatment::Lend)).collect();
        for (treatment, binding) in treatments.iter_mut().zip(&bindings) {
            if binding.mutable.is_some() {
                *treatment = Some(Treatment::Clone);
            }
            if binding.owned == Owned::Exclusively {
                *treatment = Some(Treatment::Reborrow);
            }
        }
        for moved in moves::moved_names(&body, &names) {
            if bindings[moved.candidate].owned == Owned::Yes {
                treatments[moved.candidate] = Some(Treatment::Clone);
            }
        }
        let listed = |list: Option<&Vec<Ident>>, name: &Ident| {
            list.is_some_and(|list| list.iter().any(|listed| listed == name))
        };
        let mut parameters = Vec::new();
        for (binding, treatment) in bindings.into_iter().zip(treatments) {
            let treatment = if listed(retry.clone.get(), &binding.name) {
                Some(Treatment::Own)
            } else if listed(retry.borrow.get(), &binding.name) {
                Some(Treatment::Lend)
            } else {
                treatment
            };
            let Some(treatment) = treatment else { continue };
            let Binding { name, mutable, at, cfgs, .. } = binding;
            parameters.push(Parameter { name, mutable, at, cfgs, treatment });
        }
        let parameters = Self(parameters);
        adjust_signature(function, &parameters);
        parameters
    }

    /// Those that each attempt declares anew.
    pub(super) fn fresh_names(&self) -> Vec<Ident> {
        self.0
            .iter()
            .filter(|parameter| parameter.treatment != Treatment::Lend)
            .map(|parameter| parameter.name.clone())
            .collect()
    }

    /// Before the first attempt.
    pub(super) fn kept(&self) -> TokenStream {
        self.0.iter().map(Parameter::kept).collect()
    }

    /// At the start of each attempt, outside of its future.
    pub(super) fn fresh(&self, private: &TokenStream) -> TokenStream {
        self.0.iter().map(|parameter| parameter.fresh(private)).collect()
    }

    /// Inside the attempt's future.
    pub(super) fn held(&self) -> TokenStream {
        self.0.iter().map(Parameter::held).collect()
    }
}

impl Parameter {
    fn is_self(&self) -> bool {
        self.name == "self"
    }

    fn kept_name(&self) -> Ident {
        format_ident!("kept_{}", self.name.unraw(), span = Span::mixed_site())
    }

    fn kept(&self) -> TokenStream {
        let Self { name, cfgs, .. } = self;
        match self.treatment {
            Treatment::Clone | Treatment::Own => {
                let kept = self.kept_name();
                generated!(#(#cfgs)* let mut #kept = ::core::option::Option::Some(#name);)
            }
            Treatment::Reborrow => TokenStream::new(),
            Treatment::Lend if self.is_self() || !cfgs.is_empty() => TokenStream::new(),
            Treatment::Lend => {
                // All of the pattern at the parameter: rustc says there what its type is.
                let span = Span::mixed_site().located_at(name.span());
                let mutable = quote_spanned!(span=> mut);
                generated!(let #mutable #name = #name;)
            }
        }
    }

    fn fresh(&self, private: &TokenStream) -> TokenStream {
        if self.treatment == Treatment::Lend {
            return TokenStream::new();
        }
        let Self { name, mutable, cfgs, .. } = self;
        if self.treatment == Treatment::Reborrow {
            return generated!(#(#cfgs)* let #mutable #name = &mut *#name;);
        }
        let span = Span::mixed_site().located_at(self.at);
        let mut kept = self.kept_name();
        kept.set_span(span);
        let keep_last = located(private, &generated!(keep_last), self.at, self.at);
        let value = quote_spanned!(span=> #keep_last(&mut #kept, retry.is_last()));
        if self.is_self() {
            return generated!(#name = #value;);
        }
        generated!(#(#cfgs)* let #mutable #name = #value;)
    }

    fn held(&self) -> TokenStream {
        let Self { name, mutable, cfgs, .. } = self;
        match self.treatment {
            Treatment::Own if !self.is_self() => generated!(#(#cfgs)* let #mutable #name = #name;),
            Treatment::Lend if cfgs.is_empty() => generated!(if false { let _ = &mut #name; }),
            Treatment::Clone | Treatment::Own | Treatment::Reborrow | Treatment::Lend => TokenStream::new(),
        }
    }
}

/// The names that own something: a reference is copied or reborrowed by each attempt without our doing.
fn bindings(function: &Function) -> Vec<Binding> {
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
                    if pattern.by_ref.is_none() && (owned == Owned::Yes || pattern.mutability.is_some()) {
                        found.push(Binding {
                            name: pattern.ident.clone(),
                            mutable: pattern.mutability,
                            at: if whole { ty } else { pattern.ident.span() },
                            cfgs: cfgs.clone(),
                            owned,
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
    Some(Binding { name, mutable: receiver.mutability, at, cfgs: cfgs(&receiver.attrs), owned: Owned::Yes })
}

fn cfgs(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
}

fn owns(ty: &Type) -> Owned {
    match ty {
        Type::Reference(reference) if reference.mutability.is_some() => Owned::Exclusively,
        Type::Reference(_) => Owned::Copied,
        ty if is_copy(ty) => Owned::Copied,
        _ => Owned::Yes,
    }
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

/// `#[async_trait]` renames `self` and takes `mut` and patterns into the block: its statements say the names there.
fn hidden_behind_lets(bindings: &mut Vec<Binding>, before: &TokenStream) {
    let Ok(statements) = syn::Block::parse_within.parse2(before.clone()) else { return };
    let mut known = std::mem::take(bindings);
    for statement in statements {
        let Stmt::Local(local) = statement else { continue };
        let Some(init) = &local.init else { continue };
        let from = init.expr.to_token_stream().to_string();
        let Some(at) = known.iter().position(|binding| binding.name == from.as_str()) else { continue };
        let Binding { at: span, cfgs, owned, .. } = known.swap_remove(at);
        pattern_bindings(&local.pat, &mut |pattern| {
            bindings.push(Binding {
                name: pattern.ident.clone(),
                mutable: pattern.mutability,
                at: span,
                cfgs: cfgs.clone(),
                owned,
            });
        });
    }
    // What no statement takes over is captured by the block under its own name.
    bindings.append(&mut known);
}

/// Whether the body names it, in format strings too.
fn mentions(body: &TokenStream, name: &Ident) -> bool {
    let plain = name.unraw().to_string();
    body.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == *name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Literal(literal) => literal.to_string().contains(&format!("{{{plain}")),
        TokenTree::Punct(_) => false,
    })
}

/// `mut` goes from the pattern to each attempt's own copy, where rustc judges it. A `self` cannot be declared anew, so
/// it is assigned, and needs it.
fn adjust_signature(function: &mut Function, parameters: &Parameters) {
    for argument in &mut function.signature.inputs {
        match argument {
            FnArg::Receiver(receiver) => {
                if let Some(parameter) = parameters.0.iter().find(|parameter| parameter.is_self()) {
                    let span = Span::mixed_site().located_at(parameter.name.span());
                    receiver.mutability.get_or_insert(syn::Token![mut](span));
                }
            }
            FnArg::Typed(typed) => {
                let copied = |name: &Ident| parameters.0.iter().any(|parameter| parameter.name == *name);
                drop_mut(&mut typed.pat, &copied);
            }
        }
    }
}

fn drop_mut(pattern: &mut Pat, copied: &dyn Fn(&Ident) -> bool) {
    match pattern {
        Pat::Ident(ident) => {
            if ident.by_ref.is_none() && copied(&ident.ident) {
                ident.mutability = None;
            }
            if let Some((_, inner)) = &mut ident.subpat {
                drop_mut(inner, copied);
            }
        }
        Pat::Tuple(tuple) => tuple.elems.iter_mut().for_each(|pattern| drop_mut(pattern, copied)),
        Pat::TupleStruct(tuple) => tuple.elems.iter_mut().for_each(|pattern| drop_mut(pattern, copied)),
        Pat::Struct(fields) => fields.fields.iter_mut().for_each(|field| drop_mut(&mut field.pat, copied)),
        Pat::Slice(slice) => slice.elems.iter_mut().for_each(|pattern| drop_mut(pattern, copied)),
        Pat::Paren(paren) => drop_mut(&mut paren.pat, copied),
        Pat::Type(typed) => drop_mut(&mut typed.pat, copied),
        _ => {}
    }
}
