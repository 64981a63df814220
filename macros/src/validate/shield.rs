use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{FnArg, ReceiverKind};

use super::entered;
use crate::errors::Errors;
use crate::parse::Function;
use crate::shape::{Shape, Tail};
use crate::stack::Stack;

/// What is shielded may outlive its caller, and with it everything that the caller lends.
pub(super) fn check(stack: &Stack, item: &Function, shape: &Shape, errors: &Errors) {
    if matches!(shape.tail, Tail::Plain) && item.signature.constness.is_none() {
        if entered::is_entered(item, shape) {
            errors.at(item.signature.fn_token, entered::too_low("shield"));
            return;
        }
        errors.at(
            item.signature.fn_token,
            "`#[shield]` needs an `async fn`: a plain function is not interrupted anyway, so remove the attribute",
        );
        return;
    }
    if stack.retry.is_some() {
        errors.at(
            item.signature.fn_token,
            "`#[shield]` takes the arguments with it, so a later attempt of `#[retry]` would have none\nhelp: put `#[shield]` on an inner function, and `#[retry]` on the one that calls it",
        );
    }
    for argument in &item.signature.inputs {
        match argument {
            FnArg::Receiver(receiver) if matches!(receiver.kind, ReceiverKind::Reference(..)) => errors.at(
                receiver,
                "`#[shield]` may have to finish in the background, so its arguments must be owned\nhelp: take `self: Arc<Self>`, or `self` of a type that is cheap to clone",
            ),
            FnArg::Typed(typed) if is_borrowed(typed.ty.to_token_stream()) => errors.at(
                &typed.ty,
                "`#[shield]` may have to finish in the background, so its arguments must be owned\nhelp: take it by value (`String` instead of `&str`), or share it in an `Arc`",
            ),
            _ => {}
        }
    }
}

/// `&T` and `T<'a>`, but neither `&'static T` nor the signature of a function.
fn is_borrowed(tokens: TokenStream) -> bool {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word)
                if ["fn", "Fn", "FnMut", "FnOnce", "dyn", "for"].iter().any(|name| word == name) =>
            {
                return false;
            }
            // `&'static T` is told by its lifetime.
            TokenTree::Punct(sign) if sign.as_char() == '&' && !is_quote(tokens.peek()) => return true,
            TokenTree::Punct(sign) if sign.as_char() == '\'' && !is_static(tokens.peek()) => return true,
            TokenTree::Group(group) if is_borrowed(group.stream()) => return true,
            _ => {}
        }
    }
    false
}

fn is_quote(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(sign)) if sign.as_char() == '\'')
}

fn is_static(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Ident(name)) if name == "static")
}
