//! The way of one annotated function: parse, claim, validate, expand.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;

use crate::checked::{self, Checked};
use crate::errors::Errors;
use crate::expand;
use crate::offload;
use crate::parse::Function;
use crate::parse::function::Body;
use crate::stack::{self, Kind, Stack};
use crate::stream;
use crate::validate;

/// Expands the attribute of this kind, together with those that stand below it. Whatever is wrong, the item comes out
/// again, so that nothing else in the user's crate breaks and the editor keeps completing.
pub(crate) fn expand(kind: Kind, arguments: TokenStream, item: TokenStream) -> TokenStream {
    if stack::is_done(&arguments) {
        return item;
    }
    let Ok(mut function) = Function::of(item.clone()) else { return not_a_function(kind, &item) };
    if function.attributes.iter().any(|attribute| stack::is_attribute(attribute.path(), "stream", None)) {
        let error = syn::Error::new(Span::call_site(), stream::on_a_stream(kind.name())).to_compile_error();
        return quote!(#error #item);
    }
    let errors = Errors::new();
    let mut stack = Stack::default();
    stack.add(kind, Span::call_site(), arguments, &errors);
    let before = errors.len();
    function = offload::claim(function, stack.crate_path(), &errors);
    let is_whole = errors.len() == before;
    stack.claim(&mut function, &errors);
    stack.demote_generic_constants(&function.signature.generics);
    let checked = checked::claim(&mut function, stack.crate_name().as_deref(), &errors);
    if is_expanded(&function) {
        errors.at_span(
            Span::call_site(),
            format!(
                "the Steadfast attribute above this `{name}` did not recognise it, so the two would wrap in the wrong order: import it under its own name, write `#[steadfast::{name}]`, or give the uppermost one `crate = \"path\"`",
                name = kind.name()
            ),
        );
    }
    finish(&stack, checked.as_ref(), function, errors, is_whole)
}

/// Expands `#[checked]` on a function, together with the policies that stand below it.
pub(crate) fn expand_checked(mut checked: Checked, mut function: Function, errors: Errors) -> TokenStream {
    let mut stack = Stack { krate: checked.krate.take(), ..Stack::default() };
    stack.claim(&mut function, &errors);
    stack.demote_generic_constants(&function.signature.generics);
    checked::refuse_second(&mut function, stack.crate_name().as_deref(), &errors);
    // A policy under another name has expanded the function, and checked it.
    let done = is_expanded(&function);
    finish(&stack, (!done).then_some(&checked), function, errors, true)
}

/// Validates and checks the function, and puts the policies around it. What a mistake in `#[offload]` has left of the
/// function is not whole, and not the user's.
fn finish(
    stack: &Stack,
    checked: Option<&Checked>,
    mut function: Function,
    errors: Errors,
    is_whole: bool,
) -> TokenStream {
    if stack.has_policy() {
        validate::stack(stack, &errors);
        if is_whole {
            validate::on_function(stack, &function, &errors);
        }
    }
    if errors.is_empty() {
        let found = checked.map(|checked| checked::function(&mut function, checked, stack));
        let expanded = if stack.has_policy() {
            expand::function(stack, &function)
        } else {
            expand::as_written(&function)
        };
        // Nothing was found, so this only tells the collector that it was asked.
        let none = errors.into_tokens();
        return quote!(#none #found #expanded);
    }
    let item = expand::as_written(&function);
    let errors = errors.into_tokens();
    quote!(#errors #item)
}

/// What an item that is no function begins with, behind its attributes and its visibility.
const ITEMS: [&str; 11] =
    ["impl", "trait", "struct", "enum", "mod", "static", "const", "type", "union", "use", "let"];

/// Whether another expansion has already been here.
fn is_expanded(function: &Function) -> bool {
    let Body::Block { group, .. } = &function.body else { return false };
    let mut start = group.stream().into_iter();
    let word =
        |token: Option<TokenTree>, name: &str| matches!(token, Some(TokenTree::Ident(word)) if word == name);
    word(start.next(), "static") && word(start.next(), "__STEADFAST_SITE")
}

fn not_a_function(kind: Kind, item: &TokenStream) -> TokenStream {
    let name = kind.name();
    let keyword = item.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(word) if ITEMS.iter().any(|item| word == item) => Some(word),
        _ => None,
    });
    let message = match &keyword {
        Some(word) if word == "impl" || word == "trait" => {
            format!("`#[{name}]` goes on a function: put it on those of this `{word}` that need it")
        }
        Some(word) if word == "let" => {
            format!(
                "`#[{name}]` goes on a function; for a part of one write `steadfast::apply!({name}(..); ..)`"
            )
        }
        _ => format!("`#[{name}]` goes on a function"),
    };
    let first = || item.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
    let error = syn::Error::new(keyword.map_or_else(first, |word| word.span()), message).to_compile_error();
    quote!(#error #item)
}
