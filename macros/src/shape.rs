//! Where in a function its asynchronous code stands.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::{ReturnType, Type};

use crate::parse::Function;

/// A function as the layers see it.
pub(crate) struct Shape {
    pub(crate) tail: Tail,
    /// The user's own code: what the policies are about.
    pub(crate) body: TokenStream,
    pub(crate) output: Output,
}

pub(crate) enum Tail {
    /// `async fn f() -> T { .. }`
    AsyncFn,
    /// `fn f() -> impl Future<Output = T> { .. async move { .. } }`, also in `Box::pin(..)`, also as `#[async_trait]`
    /// writes it.
    Block(Block),
    /// `fn f() -> T { .. }`
    Plain,
    /// A function whose type says that it returns a future, and whose body does not show where.
    Opaque,
}

/// The way through a non-async function to its async block.
pub(crate) struct Block {
    /// `let` statements that stand before the user's code inside the block: `#[async_trait]` moves each argument so.
    pub(crate) before: TokenStream,
    /// The user's own braces.
    pub(crate) group: Group,
    /// What stands in the function before the block.
    pub(crate) outside: TokenStream,
}

/// What the user's code gives.
pub(crate) struct Output {
    /// The type, with `_` for each `impl Trait`; `None` if it cannot be written or is not known.
    pub(crate) edge: Option<TokenStream>,
    /// Where a message about the type belongs: from its first token to its last.
    pub(crate) span: Span,
    pub(crate) end: Span,
}

impl Shape {
    pub(crate) fn of(function: &Function, group: &Group) -> Self {
        let signature = &function.signature;
        let name = signature.ident.span();
        if signature.asyncness.is_some() {
            let output = Output::of_return(&signature.output, name);
            return Self { tail: Tail::AsyncFn, body: group.stream(), output };
        }
        if let Some(mut found) = find(group.stream()) {
            found.outside = without_last(group.stream());
            let output = Output::of_future(&signature.output, name);
            let body = found.group.stream();
            return Self { tail: Tail::Block(found), body, output };
        }
        let tail = if returns_future(&signature.output) { Tail::Opaque } else { Tail::Plain };
        Self { tail, body: group.stream(), output: Output::of_return(&signature.output, name) }
    }
}

impl Output {
    fn of_return(output: &ReturnType, name: Span) -> Self {
        match output {
            ReturnType::Default => Self { edge: Some(quote_spanned!(name=> ())), span: name, end: name },
            ReturnType::Type(_, ty) => Self::of_type(ty),
        }
    }

    fn of_type(ty: &Type) -> Self {
        let (span, end) = ends(ty);
        let edge =
            if matches!(ty, Type::Never(_)) { None } else { Some(without_impl_trait(ty.to_token_stream())) };
        Self { edge, span, end }
    }

    /// `T` of `impl Future<Output = T>` and of `Pin<Box<dyn Future<Output = T>>>`.
    fn of_future(output: &ReturnType, name: Span) -> Self {
        let ReturnType::Type(_, ty) = output else { return Self { edge: None, span: name, end: name } };
        match associated_output(ty.to_token_stream()).and_then(|tokens| syn::parse2::<Type>(tokens).ok()) {
            Some(ty) => Self::of_type(&ty),
            None => {
                let (span, end) = ends(ty);
                Self { edge: None, span, end }
            }
        }
    }
}

fn ends(ty: &Type) -> (Span, Span) {
    let tokens: Vec<TokenTree> = ty.to_token_stream().into_iter().collect();
    let span = |token: Option<&TokenTree>| token.map_or_else(Span::call_site, TokenTree::span);
    (span(tokens.first()), span(tokens.last()))
}

/// `impl Trait` may not be written inside a body, and `_` stands for it. The type ends at the next comma or closing
/// angle bracket of its own level.
fn without_impl_trait(tokens: TokenStream) -> TokenStream {
    let mut erased = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "impl" => {
                erased.extend(quote_spanned!(word.span()=> _));
                let mut depth = 0_usize;
                let mut arrow = false;
                while let Some(next) = tokens.peek() {
                    if let TokenTree::Punct(punct) = next {
                        match punct.as_char() {
                            ',' if depth == 0 => break,
                            '>' if depth == 0 && !arrow => break,
                            '>' if !arrow => depth -= 1,
                            '<' => depth += 1,
                            _ => {}
                        }
                        arrow = punct.as_char() == '-';
                    } else {
                        arrow = false;
                    }
                    tokens.next();
                }
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_impl_trait(group.stream()));
                inner.set_span(group.span());
                erased.extend([TokenTree::Group(inner)]);
            }
            other => erased.extend([other]),
        }
    }
    erased
}

/// The tokens behind `Output =`, up to the bracket that closes its list.
fn associated_output(tokens: TokenStream) -> Option<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let start = tokens.windows(2).position(|pair| {
        matches!(&pair[0], TokenTree::Ident(word) if word == "Output")
            && matches!(&pair[1], TokenTree::Punct(punct) if punct.as_char() == '=')
    })? + 2;
    let mut depth = 0_usize;
    let mut arrow = false;
    let mut output = TokenStream::new();
    for token in &tokens[start..] {
        if let TokenTree::Punct(punct) = token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' if arrow => {}
                '>' | ',' if depth == 0 => return Some(output),
                '>' => depth -= 1,
                _ => {}
            }
            arrow = punct.as_char() == '-';
        } else {
            arrow = false;
        }
        output.extend([token.clone()]);
    }
    None
}

/// Whether the type says that it is one of a future.
pub(crate) fn returns_future(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return false };
    ty.to_token_stream().into_iter().any(|token| match token {
        TokenTree::Ident(word) => {
            let word = word.to_string();
            word == "Future" || word == "BoxFuture" || word == "LocalBoxFuture"
        }
        _ => false,
    })
}

/// Finds the async block that the body ends with.
fn find(body: TokenStream) -> Option<Block> {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let TokenTree::Group(last) = tokens.last()? else { return None };
    let before = &tokens[..tokens.len() - 1];
    match last.delimiter() {
        Delimiter::Brace if ends_with_async(before) => Some(inner_block(last)),
        Delimiter::Parenthesis if ends_with_box_pin(before) => find(without_last_comma(last.stream())),
        Delimiter::None => find(last.stream()),
        _ => None,
    }
}

fn without_last_comma(tokens: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    if matches!(tokens.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == ',') {
        tokens.pop();
    }
    tokens.into_iter().collect()
}

fn ends_with_async(tokens: &[TokenTree]) -> bool {
    let word = |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(ident) if ident == word);
    match tokens {
        [.., first, last] if word(last, "move") => word(first, "async"),
        [.., last] => word(last, "async"),
        [] => false,
    }
}

fn ends_with_box_pin(tokens: &[TokenTree]) -> bool {
    let mut words = tokens.iter().rev().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    });
    words.next().as_deref() == Some("pin") && words.next().as_deref() == Some("Box")
}

/// Inside an async block, `#[async_trait]` keeps the user's braces in a `let`; elsewhere they are the block's own.
fn inner_block(block: &Group) -> Block {
    let tokens: Vec<TokenTree> = block.stream().into_iter().collect();
    for at in 0..tokens.len() {
        let Some(end) = async_trait_let(&tokens[at..]) else { continue };
        let TokenTree::Group(group) = &tokens[at + end] else { continue };
        let before = tokens[..at].iter().cloned().collect();
        return Block { before, group: group.clone(), outside: TokenStream::new() };
    }
    Block { before: TokenStream::new(), group: block.clone(), outside: TokenStream::new() }
}

/// `let __ret: T = { .. };`, or `let _: () = { .. };` as the last statement. Gives the index of the braces.
fn async_trait_let(tokens: &[TokenTree]) -> Option<usize> {
    let [TokenTree::Ident(keyword), TokenTree::Ident(name), TokenTree::Punct(colon), ..] = tokens else {
        return None;
    };
    if keyword != "let" || colon.as_char() != ':' || !(name == "__ret" || name == "_") {
        return None;
    }
    // The type may hold an `=` of its own: the one before braces and a semicolon ends it.
    let equals = tokens.windows(3).position(|window| {
        matches!(&window[0], TokenTree::Punct(punct) if punct.as_char() == '=')
            && matches!(&window[1], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
            && matches!(&window[2], TokenTree::Punct(punct) if punct.as_char() == ';')
    })?;
    // Without a name it could be the user's own statement, unless it is the last one.
    (name == "__ret" || tokens.len() == equals + 3).then_some(equals + 1)
}

/// Puts `inner` in the place of the user's braces. The variables of `fresh` lose their `mut` before it: each attempt
/// declares them anew.
pub(crate) fn replace(
    tokens: TokenStream,
    group: &Group,
    inner: &TokenStream,
    fresh: &[Ident],
) -> TokenStream {
    // Found again by the same way, since tokens have no identity: the last braces on that way are the user's.
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let Some(TokenTree::Group(last)) = tokens.last().cloned() else { return tokens.into_iter().collect() };
    let stream = if last.delimiter() == Delimiter::Brace {
        replace_in_block(&last, group, inner, fresh)
    } else {
        replace(without_last_comma(last.stream()), group, inner, fresh)
    };
    let mut replaced = Group::new(last.delimiter(), stream);
    replaced.set_span(last.span());
    tokens.pop();
    let unused: Vec<Ident> = fresh.iter().filter(|name| !used_after_let(&tokens, name)).cloned().collect();
    let mut tokens = without_mut(tokens, &unused);
    tokens.push(TokenTree::Group(replaced));
    tokens.into_iter().collect()
}

/// Whether a statement behind the one that declares `name` mentions it.
fn used_after_let(tokens: &[TokenTree], name: &Ident) -> bool {
    let declared = tokens.windows(2).position(|pair| {
        matches!(pair, [TokenTree::Ident(first), TokenTree::Ident(second)] if first == "mut" && second == name)
    });
    let Some(declared) = declared else { return true };
    let semicolon = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    let rest = tokens[declared..].iter().skip_while(|token| !semicolon(token));
    mentions(rest.cloned().collect(), name)
}

fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == *name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn without_last(tokens: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.pop();
    tokens.into_iter().collect()
}

fn replace_in_block(block: &Group, group: &Group, inner: &TokenStream, fresh: &[Ident]) -> TokenStream {
    let mut tokens: Vec<TokenTree> = block.stream().into_iter().collect();
    for at in 0..tokens.len() {
        let Some(end) = async_trait_let(&tokens[at..]) else { continue };
        let mut braces = Group::new(Delimiter::Brace, inner.clone());
        braces.set_span(group.span());
        tokens[at + end] = TokenTree::Group(braces);
        let rest = tokens.split_off(at);
        return without_mut(tokens, fresh).into_iter().chain(rest).collect();
    }
    inner.clone()
}

fn without_mut(tokens: Vec<TokenTree>, fresh: &[Ident]) -> Vec<TokenTree> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let dropped = matches!(&token, TokenTree::Ident(word) if word == "mut")
            && matches!(tokens.peek(), Some(TokenTree::Ident(name)) if fresh.contains(name));
        match token {
            _ if dropped => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                let inner = without_mut(group.stream().into_iter().collect(), fresh);
                let mut replaced = Group::new(group.delimiter(), inner.into_iter().collect());
                replaced.set_span(group.span());
                kept.push(TokenTree::Group(replaced));
            }
            other => kept.push(other),
        }
    }
    kept
}
