//! The function's arguments under `retry`: each attempt starts from the caller's values.

mod bindings;
mod signature;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote_spanned};
use syn::Attribute;
use syn::ext::IdentExt;

use super::{generated, located};
use crate::body::moves;
use crate::parse::Function;
use crate::parse::retry::Retry;
use crate::shape::Tail;
pub(crate) use bindings::pattern_bindings;
use bindings::{Binding, Owned, mentions};

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
    /// A policy names it as well and looks at it during the whole call, so it stays where it is.
    named: bool,
    /// How many before it have the same name, as one from a macro and one from its caller may.
    alike: usize,
    /// Lent where it stands: the signature says `mut`, and no copy is made of what may be large.
    in_place: bool,
}

/// The arguments that need something done; a shared reference, for one, does not.
#[derive(Default)]
pub(crate) struct Parameters(Vec<Parameter>);

impl Parameters {
    /// Decides from the body, and takes `mut` from the signature where each attempt has a `mut` copy of its own.
    pub(crate) fn of(function: &mut Function, tail: &Tail, retry: &Retry, policies: &TokenStream) -> Self {
        let (bindings, body) = match tail {
            Tail::Opaque => return Self::default(),
            Tail::Block(block) => (bindings::of_block(function, block), block.group.stream()),
            Tail::AsyncFn | Tail::Plain => {
                let crate::parse::function::Body::Block { group, .. } = &function.body else {
                    return Self::default();
                };
                (bindings::of_signature(function), group.stream())
            }
        };
        // A block captures its arguments as they are.
        let own_signature = matches!(tail, Tail::AsyncFn | Tail::Plain);
        let treatments = treatments(&bindings, &body);
        let mut parameters = Self::default();
        for (binding, treatment) in bindings.into_iter().zip(treatments) {
            let Some(treatment) = overruled(&binding.name, retry).or(treatment) else { continue };
            let Binding { name, mutable, at, cfgs, whole, .. } = binding;
            let named = name != "self" && is_named(policies, &name);
            let alike = parameters.0.iter().filter(|parameter| parameter.name == name).count();
            let in_place = own_signature && whole && treatment == Treatment::Lend && !named;
            parameters.0.push(Parameter { name, mutable, at, cfgs, treatment, named, alike, in_place });
        }
        let outside = match tail {
            Tail::Block(block) => block.outside.clone(),
            _ => TokenStream::new(),
        };
        for parameter in &mut parameters.0 {
            if let Some(mutable) = parameter.mutable.as_mut().filter(|_| mentions(&outside, &parameter.name))
            {
                // It is the statements outside that the user's `mut` is judged by.
                mutable.span = Span::mixed_site();
            }
        }
        signature::adjust(function, &parameters, &outside);
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

/// What the text says, for each binding.
fn treatments(bindings: &[Binding], body: &TokenStream) -> Vec<Option<Treatment>> {
    let names: Vec<Ident> = bindings.iter().map(|binding| binding.name.clone()).collect();
    let by_declaration = |binding: &Binding| match (binding.owned, &binding.mutable) {
        (Owned::Exclusively, Some(_)) => Some(Treatment::Reborrow),
        (Owned::Exclusively, None) => None,
        (_, Some(_)) => Some(Treatment::Clone),
        (Owned::Once, None) if calls(body, &binding.name) => Some(Treatment::Clone),
        (_, None) => mentions(body, &binding.name).then_some(Treatment::Lend),
    };
    let mut treatments: Vec<_> = bindings.iter().map(by_declaration).collect();
    for moved in moves::moved_names(body, &names) {
        for (binding, treatment) in bindings.iter().zip(&mut treatments) {
            // Two names that look alike may come from a macro and from its caller: either may be meant.
            let meant = binding.name == names[moved.candidate];
            match binding.owned {
                Owned::Yes | Owned::Once if meant => *treatment = Some(Treatment::Clone),
                // Into a `move` block; elsewhere rustc reborrows it by itself.
                Owned::Exclusively if meant && moved.captured => *treatment = Some(Treatment::Reborrow),
                _ => {}
            }
        }
    }
    treatments
}

/// Whether the policies' arguments name it outside of `clone(..)` and `borrow(..)`.
fn is_named(policies: &TokenStream, name: &Ident) -> bool {
    let mut list = false;
    policies.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => {
            list = word == "clone" || word == "borrow";
            word == *name
        }
        TokenTree::Group(group) => !std::mem::take(&mut list) && mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => {
            list = false;
            false
        }
    })
}

/// Whether the body calls it: `name(..)`.
fn calls(body: &TokenStream, name: &Ident) -> bool {
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    let called = |pair: &[TokenTree]| {
        matches!(pair, [TokenTree::Ident(word), TokenTree::Group(group)]
            if word == name && group.delimiter() == Delimiter::Parenthesis)
    };
    let inside = |token: &TokenTree| matches!(token, TokenTree::Group(group) if calls(&group.stream(), name));
    tokens.windows(2).any(called) || tokens.iter().any(inside)
}

/// What `clone(..)` and `borrow(..)` say.
fn overruled(name: &Ident, retry: &Retry) -> Option<Treatment> {
    let listed = |list: Option<&Vec<Ident>>| list.is_some_and(|list| list.contains(name));
    if listed(retry.clone.get()) {
        Some(Treatment::Own)
    } else {
        listed(retry.borrow.get()).then_some(Treatment::Lend)
    }
}

impl Parameter {
    fn is_self(&self) -> bool {
        self.name == "self"
    }

    fn kept_name(&self) -> Ident {
        let alike = if self.alike == 0 { String::new() } else { format!("_{}", self.alike) };
        format_ident!("kept_{}{alike}", self.name.unraw(), span = Span::mixed_site())
    }

    fn kept(&self) -> TokenStream {
        let Self { name, cfgs, .. } = self;
        match self.treatment {
            _ if self.named || self.in_place => TokenStream::new(),
            // Declared `mut` by the signature, wherever it is captured.
            Treatment::Lend if self.is_self() => TokenStream::new(),
            Treatment::Clone | Treatment::Own => {
                let kept = self.kept_name();
                generated!(#(#cfgs)* let mut #kept = ::core::option::Option::Some(#name);)
            }
            Treatment::Reborrow => TokenStream::new(),
            Treatment::Lend => {
                // All of the pattern at the parameter: rustc says there what its type is.
                let span = Span::mixed_site().located_at(name.span());
                let mutable = quote_spanned!(span=> mut);
                generated!(#(#cfgs)* let #mutable #name = #name;)
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
        if self.named {
            let clone = located(private, &generated!(keep_always), self.at, self.at);
            let value = quote_spanned!(span=> #clone(&#name));
            return generated!(#(#cfgs)* let #mutable #name = #value;);
        }
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
            Treatment::Lend if !self.named && cfgs.is_empty() => generated!(if false { let _ = &mut #name; }),
            Treatment::Lend if !self.named => generated!(#(#cfgs)* { if false { let _ = &mut #name; } }),
            Treatment::Clone | Treatment::Own | Treatment::Reborrow | Treatment::Lend => TokenStream::new(),
        }
    }
}
