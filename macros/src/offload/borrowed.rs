//! Borrows in a signature, and what to own instead.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Type;

use crate::parse::argument::readable_type;

/// A type that borrows, and what to write in its place.
pub(super) struct Borrow {
    pub(super) at: TokenStream,
    pub(super) instead: String,
}

/// `&T` and `T<'a>`, but neither `&'static T` nor what the signature of a function or a bound borrows.
pub(super) fn find(ty: &Type) -> Option<Borrow> {
    if let Type::Reference(reference) = ty {
        let lives_for_ever = reference.lifetime.as_ref().is_some_and(|lifetime| lifetime.ident == "static");
        if !lives_for_ever {
            return Some(Borrow { at: ty.to_token_stream(), instead: owned(&reference.elem) });
        }
    }
    let at = first(ty.to_token_stream())?;
    Some(Borrow { at, instead: "own what it holds, or share it in an `Arc`".to_owned() })
}

/// The sign or the lifetime of the first borrow.
fn first(tokens: TokenStream) -> Option<TokenStream> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            // Behind these, lifetimes are those of calls.
            TokenTree::Ident(word)
                if ["fn", "Fn", "FnMut", "FnOnce", "AsyncFn", "AsyncFnMut", "AsyncFnOnce", "for"]
                    .iter()
                    .any(|name| word == name) =>
            {
                return None;
            }
            TokenTree::Punct(sign) if sign.as_char() == '&' => {
                if !matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '\'') {
                    return Some(TokenTree::Punct(sign).into());
                }
            }
            TokenTree::Punct(sign) if sign.as_char() == '\'' => match tokens.next() {
                Some(TokenTree::Ident(name)) if name == "static" => {}
                name => {
                    return Some([TokenTree::Punct(sign)].into_iter().chain(name).collect());
                }
            },
            TokenTree::Group(group) => {
                if let Some(found) = first(group.stream()) {
                    return Some(found);
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    None
}

/// What to take instead of a reference to `ty`.
fn owned(ty: &Type) -> String {
    let text = readable_type(ty);
    let last = match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    };
    let buffer = match last.as_deref() {
        Some("str") => Some("String"),
        Some("Path") => Some("PathBuf"),
        Some("OsStr") => Some("OsString"),
        Some("CStr") => Some("CString"),
        _ => None,
    };
    match (buffer, ty) {
        (Some(buffer), _) => format!("take a `{buffer}`"),
        (None, Type::Slice(slice)) => {
            format!("take a `Vec<{}>`", readable_type(&slice.elem))
        }
        (None, Type::TraitObject(_) | Type::ImplTrait(_)) => {
            "take it by value, or share it in an `Arc`".to_owned()
        }
        _ => format!("take a `{text}`, or share it as `Arc<{text}>`"),
    }
}
