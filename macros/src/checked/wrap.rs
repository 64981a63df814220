//! Expressions that are asked about where they stand.
//!
//! `match value { value => { ask(&value); value } }` keeps the temporaries of the value alive as long as before.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use steadfast_rules::Place;
use syn::parse::Parser;
use syn::{Block, Expr, Local, Pat, Stmt};

/// Wraps the value of the statement. Whether the statement allows it: not where the expected type would be lost, and not
/// around a place, which would be moved.
pub(super) fn value(statement: &mut Stmt, ask: &TokenStream) -> bool {
    let (value, is_statement) = match statement {
        // `_ = value;`
        Stmt::Expr(Expr::Assign(assign), Some(_)) if matches!(&*assign.left, Expr::Infer(_)) => {
            (&mut *assign.right, false)
        }
        Stmt::Expr(value, Some(_)) => (value, true),
        Stmt::Local(Local { pat: Pat::Wild(_), init: Some(init), .. }) if init.diverge.is_none() => {
            (&mut *init.expr, false)
        }
        _ => return false,
    };
    let attributes = match value {
        Expr::Call(call) => std::mem::take(&mut call.attrs),
        Expr::MethodCall(call) => std::mem::take(&mut call.attrs),
        Expr::Await(wait) => std::mem::take(&mut wait.attrs),
        Expr::Try(question) => std::mem::take(&mut question.attrs),
        // It has been wrapped already, and asked about as an operand.
        Expr::Paren(paren) if matches!(&*paren.expr, Expr::Match(_)) => Vec::new(),
        _ => return false,
    };
    let place = Place::of(&*value);
    let tokens = scrutinee(value.to_token_stream());
    if !is_statement {
        let arm = arm(ask);
        *value = Expr::Verbatim(quote_spanned!(Span::mixed_site()=> #(#attributes)* match #tokens { #arm }));
        return true;
    }
    // What rustc says of an unused value is said here: so these tokens count as the user's. clippy sees them as such too.
    let keyword = quote_spanned!(place.start=> match);
    let mut arms = Group::new(Delimiter::Brace, sole_arm(ask));
    arms.set_span(place.end);
    // In a tuple, since `match` alone would take the value of what never returns for one of any type.
    *value = Expr::Verbatim(quote_spanned! {Span::mixed_site()=>
        #(#attributes)*
        #[allow(clippy::diverging_sub_expression, clippy::match_single_binding, unreachable_code)]
        #keyword (#tokens,) #arms
    });
    true
}

fn sole_arm(ask: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=>
        (__steadfast_value,) => {
            #ask
            __steadfast_value
        }
    }
}

/// The value as `match` takes it: the braces of a struct would be those of the `match`.
fn scrutinee(value: TokenStream) -> TokenStream {
    match syn::parse2::<Expr>(value.clone()) {
        Ok(parsed) if begins_with_struct(&parsed) => quote_spanned!(Span::mixed_site()=> (#value)),
        _ => value,
    }
}

fn begins_with_struct(value: &Expr) -> bool {
    match value {
        Expr::Struct(_) => true,
        Expr::MethodCall(call) => begins_with_struct(&call.receiver),
        Expr::Call(call) => begins_with_struct(&call.func),
        Expr::Await(wait) => begins_with_struct(&wait.base),
        Expr::Try(question) => begins_with_struct(&question.expr),
        Expr::Field(field) => begins_with_struct(&field.base),
        Expr::Index(index) => begins_with_struct(&index.expr),
        _ => false,
    }
}

fn arm(ask: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=>
        __steadfast_value => {
            #ask
            __steadfast_value
        }
    }
}

/// Wraps the operand where it stands in the statement. It is found by the places of its tokens.
pub(super) fn operand(statement: &mut Stmt, operand: &TokenStream, ask: &TokenStream) -> bool {
    let is_all = matches!(&*statement, Stmt::Expr(value, Some(_)) if length(value.to_token_stream()) == length(operand.clone()));
    if is_all {
        return value(statement, ask);
    }
    let wanted: Vec<TokenTree> = operand.clone().into_iter().collect();
    let mut replaced = false;
    let mut put = |tokens: &TokenStream| {
        replaced = true;
        let (tokens, arm) = (scrutinee(tokens.clone()), arm(ask));
        quote_spanned!(Span::mixed_site()=> (match #tokens { #arm }))
    };
    let tokens = replace(statement.to_token_stream(), &wanted, &mut put);
    if replaced {
        *statement = parsed(tokens);
    }
    replaced
}

/// As a statement again, so that more can be asked about it.
fn parsed(tokens: TokenStream) -> Stmt {
    match Block::parse_within.parse2(tokens.clone()) {
        Ok(mut statements) if statements.len() == 1 => statements.remove(0),
        _ => Stmt::Expr(Expr::Verbatim(tokens), None),
    }
}

/// How many tokens there are, those inside of brackets included.
pub(super) fn length(tokens: TokenStream) -> usize {
    tokens.into_iter().fold(0, |sum, token| match token {
        TokenTree::Group(group) => sum + 1 + length(group.stream()),
        _ => sum + 1,
    })
}

fn replace(
    tokens: TokenStream,
    wanted: &[TokenTree],
    put: &mut dyn FnMut(&TokenStream) -> TokenStream,
) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut replaced = TokenStream::new();
    let mut at = 0;
    while at < tokens.len() {
        if begins_with(&tokens[at..], wanted) {
            let operand = tokens[at..at + wanted.len()].iter().cloned().collect();
            replaced.extend(put(&operand));
            at += wanted.len();
            continue;
        }
        replaced.extend([match &tokens[at] {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replace(group.stream(), wanted, put));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other.clone(),
        }]);
        at += 1;
    }
    replaced
}

fn begins_with(tokens: &[TokenTree], wanted: &[TokenTree]) -> bool {
    !wanted.is_empty()
        && tokens.len() >= wanted.len()
        && tokens.iter().zip(wanted).all(|(token, wanted)| is_same(token, wanted))
}

/// Whether two tokens are one and the same. Spans cannot be compared on stable Rust, but they can be printed.
fn is_same(a: &TokenTree, b: &TokenTree) -> bool {
    let kinds = match (a, b) {
        (TokenTree::Ident(a), TokenTree::Ident(b)) => a == b,
        (TokenTree::Punct(a), TokenTree::Punct(b)) => a.as_char() == b.as_char(),
        (TokenTree::Group(a), TokenTree::Group(b)) => a.delimiter() == b.delimiter(),
        (TokenTree::Literal(a), TokenTree::Literal(b)) => a.to_string() == b.to_string(),
        _ => false,
    };
    kinds && place(a) == place(b)
}

fn place(token: &TokenTree) -> String {
    format!("{:?}", token.span())
}

/// The places of all tokens of an operand, which tell it from others with the same text.
pub(super) fn places(tokens: &TokenStream) -> String {
    let each: Vec<String> =
        tokens.clone().into_iter().map(|token| format!("{token} {}", place(&token))).collect();
    each.join(" ")
}
