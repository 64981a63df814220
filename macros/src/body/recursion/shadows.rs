//! What can keep a name in a body from meaning the function itself.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{FnArg, Signature};

use steadfast_rules::syntax::{patterns, plain_name};

/// Whether the body has configured parts, which may not be there.
pub(super) fn has_cfg(tokens: &TokenStream) -> bool {
    let mut after_hash = false;
    tokens.clone().into_iter().any(|token| {
        let found = match &token {
            TokenTree::Group(group) => {
                after_hash && starts_with_cfg(&group.stream()) || has_cfg(&group.stream())
            }
            _ => false,
        };
        after_hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        found
    })
}

fn starts_with_cfg(attribute: &TokenStream) -> bool {
    let first = attribute.clone().into_iter().next();
    matches!(first, Some(TokenTree::Ident(name)) if name == "cfg" || name == "cfg_attr")
}

/// Whether `name` can mean something else than the function in (a part of) the body: a parameter, a variable,
/// an item or an import.
///
/// The body is judged by its tokens, since a declaration may stand in a macro. Whatever is no call, field or
/// qualified path counts as a declaration.
pub(super) fn is_renamed(body: &TokenStream, sig: &Signature, name: &str) -> bool {
    let mut renamed = false;
    for input in &sig.inputs {
        if let FnArg::Typed(parameter) = input {
            patterns::bound_names(&parameter.pat, &mut |bound| renamed |= plain_name(bound) == name);
        }
    }
    renamed || declares(body, name)
}

fn declares(tokens: &TokenStream, name: &str) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(index, token)| match token {
        TokenTree::Group(group) => declares(&group.stream(), name),
        TokenTree::Ident(ident) if ident == "use" => has_glob(tokens.get(index..).unwrap_or_default()),
        TokenTree::Ident(ident) if plain_name(ident) == name => !is_use(&tokens, index),
        _ => false,
    })
}

/// Whether the import that starts here brings in names that are not written.
fn has_glob(tokens: &[TokenTree]) -> bool {
    let import =
        tokens.iter().take_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'));
    import.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '*',
        TokenTree::Group(group) => has_glob(&group.stream().into_iter().collect::<Vec<_>>()),
        _ => false,
    })
}

/// Whether the name at `index` is used there, and not declared.
fn is_use(tokens: &[TokenTree], index: usize) -> bool {
    let at = |index: Option<usize>| index.and_then(|index| tokens.get(index));
    let before = at(index.checked_sub(1));
    if is_sign(before, '.') && !is_sign(at(index.checked_sub(2)), '.') {
        return true;
    }
    match at(index.checked_add(1)) {
        Some(TokenTree::Group(group)) => {
            group.delimiter() == Delimiter::Parenthesis
                && !matches!(before, Some(TokenTree::Ident(fun)) if fun == "fn")
        }
        // `name::<T>(..)` and `name::other`, but not `use some::name::{self}`.
        Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => {
            is_sign(at(index.checked_add(2)), ':')
                && !matches!(at(index.checked_add(3)), Some(TokenTree::Group(_)))
        }
        _ => false,
    }
}

fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}
