//! Locks and entered spans that are held at a `yield_!`, as far as the text shows it for certain.

use proc_macro2::{Delimiter, Ident, TokenTree};

/// Methods whose value is a guard and nothing else. Permits and pooled connections are not among them: a stream may well
/// hold one of its own for all its life.
const GUARDS: [&str; 5] = ["lock", "lock_owned", "blocking_lock", "enter", "entered"];

/// Steps behind such a method that give the guard on.
const STEPS: [&str; 3] = ["unwrap", "expect", "unwrap_or_else"];

/// The variable that a statement binds to a guard.
pub(super) fn bound(statement: &[TokenTree]) -> Option<Ident> {
    let [TokenTree::Ident(keyword), rest @ ..] = statement else { return None };
    if keyword != "let" {
        return None;
    }
    let rest = match rest {
        [TokenTree::Ident(word), rest @ ..] if word == "mut" => rest,
        rest => rest,
    };
    let [TokenTree::Ident(name), TokenTree::Punct(sign), value @ ..] = rest else { return None };
    let value = match sign.as_char() {
        '=' => value,
        ':' => &value[value.iter().position(|token| is_punct(token, '='))? + 1..],
        _ => return None,
    };
    (name != "_" && is_guard(value)).then(|| name.clone())
}

/// The variable that a statement drops.
pub(super) fn dropped(statement: &[TokenTree]) -> Option<String> {
    let [.., TokenTree::Ident(function), TokenTree::Group(arguments)] = statement else { return None };
    let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
    match arguments.as_slice() {
        [TokenTree::Ident(name)] if function == "drop" => Some(name.to_string()),
        _ => None,
    }
}

fn is_guard(mut value: &[TokenTree]) -> bool {
    loop {
        value = match value {
            [rest @ .., TokenTree::Punct(sign)] if sign.as_char() == '?' => rest,
            [rest @ .., TokenTree::Punct(dot), TokenTree::Ident(word)]
                if dot.as_char() == '.' && word == "await" =>
            {
                rest
            }
            [rest @ .., TokenTree::Punct(dot), TokenTree::Ident(method), TokenTree::Group(arguments)]
                if dot.as_char() == '.' && arguments.delimiter() == Delimiter::Parenthesis =>
            {
                if GUARDS.iter().any(|name| method == name) {
                    return arguments.stream().is_empty();
                }
                if !STEPS.iter().any(|name| method == name) {
                    return false;
                }
                rest
            }
            _ => return false,
        };
    }
}

fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn holds(statement: proc_macro2::TokenStream) -> bool {
        bound(&statement.into_iter().collect::<Vec<_>>()).is_some()
    }

    #[test]
    fn a_guard_is_known_by_the_method_that_gives_it() {
        assert!(holds(quote!(let guard = self.rows.lock().await)));
        assert!(holds(quote!(let mut guard = rows.lock().unwrap())));
        assert!(holds(quote!(let guard: Guard<'_, T> = rows.lock().expect("never poisoned"))));
        assert!(holds(quote!(let _entered = span.enter())));
        assert!(holds(quote!(let guard = Arc::clone(&rows).lock_owned().await)));
    }

    #[test]
    fn what_is_taken_out_of_a_guard_is_none() {
        assert!(!holds(quote!(let row = rows.lock().await.clone())));
        assert!(!holds(quote!(let length = rows.lock().unwrap().len())));
        assert!(!holds(quote!(let _ = rows.lock().await)));
        assert!(!holds(quote!(let connection = pool.acquire().await?)));
        assert!(!holds(quote!(let file = file.lock(exclusive).await)));
        assert!(!holds(quote!(rows.lock().await)));
    }

    #[test]
    fn a_drop_names_what_it_drops() {
        let statement: Vec<TokenTree> = quote!(std::mem::drop(guard)).into_iter().collect();
        assert_eq!(dropped(&statement).as_deref(), Some("guard"));
        let statement: Vec<TokenTree> = quote!(drop(guard.field)).into_iter().collect();
        assert_eq!(dropped(&statement), None);
    }
}
