//! Whether polling a body may suspend.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use steadfast_rules::syntax::macros::MacroKind;
use steadfast_rules::syntax::plain_name;

/// Whether polling `body`, the tokens between a function's braces, may suspend.
///
/// `false` is certain up to the names of well-known macros: nothing in the body awaits, and neither does any
/// macro that it calls. `true` means that it awaits, or that it cannot be told. A closure or an `async` block
/// counts, since the body may poll it; a nested `fn` does not. A body that is still a stub (`todo!()`) counts
/// as `true`: there is nothing to report about it yet.
pub(crate) fn may_await(body: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    is_stub(&tokens) || any_await(&tokens)
}

fn any_await(tokens: &[TokenTree]) -> bool {
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        let rest = tokens.get(index..).unwrap_or_default();
        if let Some(length) = nested_function(rest).or_else(|| macro_definition(rest)) {
            index += length;
            continue;
        }
        let awaits = match token {
            TokenTree::Ident(ident) => ident == "await" || calls_unknown_macro(rest),
            TokenTree::Group(group) => any_await(&group.stream().into_iter().collect::<Vec<_>>()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        if awaits {
            return true;
        }
        index += 1;
    }
    false
}

/// The number of tokens of the function that starts here.
fn nested_function(tokens: &[TokenTree]) -> Option<usize> {
    let [TokenTree::Ident(keyword), TokenTree::Ident(_), signature @ ..] = tokens else {
        return None;
    };
    if keyword != "fn" {
        return None;
    }
    let mut after_bracket = false;
    let end = signature.iter().position(|token| {
        // `Array<{ N }>` in a signature is no body.
        let ends = match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !after_bracket,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        after_bracket =
            matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), '<' | ',' | '='));
        ends
    });
    // Without an end it is no function; what follows is looked at as it stands.
    end.map(|end| end + 3)
}

/// The number of tokens of the `macro_rules!` definition that starts here. Its calls are unknown macros.
fn macro_definition(tokens: &[TokenTree]) -> Option<usize> {
    match tokens {
        [TokenTree::Ident(keyword), TokenTree::Punct(bang), TokenTree::Ident(_), TokenTree::Group(_), ..]
            if keyword == "macro_rules" && bang.as_char() == '!' =>
        {
            Some(4)
        }
        _ => None,
    }
}

fn calls_unknown_macro(tokens: &[TokenTree]) -> bool {
    macro_call(tokens).is_some_and(|name| MacroKind::of_name(&plain_name(name)).may_await())
}

/// The name of the macro that is called here.
fn macro_call(tokens: &[TokenTree]) -> Option<&Ident> {
    match tokens {
        [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(_), ..]
            if bang.as_char() == '!' && !precedes_negation(name) =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// Whether `!(..)` after this identifier is a negation.
fn precedes_negation(ident: &Ident) -> bool {
    let keywords = ["if", "while", "match", "return", "break", "in", "else", "yield", "move", "let", "mut"];
    keywords.iter().any(|keyword| ident == keyword)
}

/// Whether the body is not written yet, or never goes on: `todo!()` at its end, or `panic!(..)`,
/// `unreachable!()` and `loop {}` alone.
fn is_stub(tokens: &[TokenTree]) -> bool {
    let tokens = match tokens {
        [statements @ .., TokenTree::Punct(semicolon)] if semicolon.as_char() == ';' => statements,
        _ => tokens,
    };
    if let [TokenTree::Ident(keyword), TokenTree::Group(block)] = tokens {
        return keyword == "loop" && block.stream().is_empty();
    }
    let Some((before, call)) = tokens.len().checked_sub(3).and_then(|start| tokens.split_at_checked(start))
    else {
        return false;
    };
    let Some(name) = macro_call(call).map(plain_name) else {
        return false;
    };
    let alone = before.iter().all(is_path_token);
    match name.as_str() {
        "todo" | "unimplemented" => true,
        "panic" | "unreachable" => alone,
        _ => false,
    }
}

/// Whether the token can be a part of the path in `std::panic!()`.
fn is_path_token(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::may_await;

    macro_rules! bodies {
        ($($name:ident { $($body:tt)* } => $expected:literal;)*) => {$(
            #[test]
            fn $name() {
                assert_eq!(may_await(&quote! { $($body)* }), $expected);
            }
        )*};
    }

    bodies! {
        an_await { client.get(url).send().await } => true;
        an_await_in_a_loop { for id in ids { if let Some(x) = f(id).await? { return Ok(x) } } Err(None) } => true;
        an_await_in_a_closure { retry(|| async { get().await }) } => true;
        an_await_in_an_async_block { let job = async move { f().await }; poll(job) } => true;
        an_await_in_a_known_macro { println!("{}", f().await) } => true;
        an_await_in_json { Ok(json!({ "a": [f().await] })) } => true;
        an_await_after_a_nested_function { fn a() -> u32 { 3 } f().await } => true;
        an_await_after_a_declared_function { trait T { fn a(); } f().await } => true;
        select { tokio::select! { _ = a => 1, _ = b => 2 } } => true;
        join { tokio::join!(a, b) } => true;
        unknown_macro { yield_now!() } => true;
        unknown_macro_of_a_path { my::macros::wait!{ a } } => true;
        unknown_macro_in_a_known_one { vec![my_macro!(1)] } => true;
        unknown_macro_after_a_known_one { info!("x"); wait!(1) } => true;
        included_code { include!("body.rs") } => true;
        a_local_macro { macro_rules! f { () => { g().await } } f!() } => true;
    }

    bodies! {
        empty {} => false;
        plain_code { let n = list.len(); if n != 0 && !(a) || !b { return !(n == 3) } Ok(n) } => false;
        negations { if !(a) { } while !(b) { } match !(c) { _ => {} } let x = !(d); break !(e) } => false;
        known_macros {
            tracing::info!(id = %id, "x"); assert_eq!(a, b); let v = vec![1]; write!(f, "{}", v)?;
            if matches!(x, Some(1)) { return Ok(json!({ "a": [1, null] })) }
            bail!("{}", concat!("a", stringify!(b), env!("C")))
        } => false;
        sqlx_without_a_fetch { sqlx::query!("select 1", id) } => false;
        pinned { std::pin::pin!(x); } => false;
        an_await_in_a_nested_function {
            async fn inner(x: [u8; 3]) -> u32 { f().await } spawn(inner([1, 2, 3]))
        } => false;
        an_await_in_a_nested_method { impl S { async fn a(&self) where T: U<{ N }> { f().await } } S } => false;
        an_unused_local_macro { macro_rules! f { () => { g().await } } 3 } => false;
        an_await_in_a_string { "x.await" } => false;
        a_name_that_contains_it { await_all(awaited) } => false;
        a_function_pointer { let f: fn(u32) -> u32 = g; f(3) } => false;
    }

    bodies! {
        todo { todo!() } => true;
        todo_with_a_message { todo!("later"); } => true;
        unimplemented { unimplemented!() } => true;
        todo_after_silenced_arguments { let _ = (a, b); std::todo!() } => true;
        panics { panic!("boom") } => true;
        panics_by_path { ::std::panic!("boom"); } => true;
        unreachable { unreachable!() } => true;
        endless_loop { loop {} } => true;
        a_panic_at_the_end { let n = f(); panic!("{n}") } => false;
        a_busy_loop { loop { f(); } } => false;
        a_todo_in_the_middle { if a { todo!() } f() } => false;
    }

    #[test]
    fn deep_nests() {
        let nested = |inner| (0..1000).fold(inner, |inner, _| quote! { { f(#inner) } });
        assert!(!may_await(&nested(quote! { x })));
        assert!(may_await(&nested(quote! { x.await })));
    }
}
