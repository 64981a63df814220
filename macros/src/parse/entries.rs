//! The arguments of an attribute: `key = value`, `key(..)`, `flag`, and one that stands without a key.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use steadfast_rules::{is_slip, nearest};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Token, token};

use super::duration;
use crate::errors::Errors;

/// What may stand behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `key = value`
    Value,
    /// `key`
    Flag,
    /// `key` or `key = value`
    FlagOrValue,
    /// `key(..)`
    List,
    /// `key = value` or `key(..)`
    ValueOrList,
}

/// One policy's arguments.
pub(crate) trait Arguments {
    /// The name of the attribute.
    const ATTRIBUTE: &'static str;
    /// Every key, with its form and how it is written.
    const KEYS: &'static [(&'static str, Form, &'static str)];

    /// What other libraries call it, and how it is written here.
    const ELSEWHERE: &'static [(&'static [&'static str], &'static str)];

    /// Stands in front of the message about an unknown argument.
    const CODE: &'static str = "";

    /// Reads all arguments.
    fn read(arguments: TokenStream, errors: &Errors) -> Self
    where
        Self: Default,
    {
        let mut read = Self::default();
        parse(&mut read, arguments, errors);
        read
    }

    /// Takes `key = <here>`.
    fn value(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()>;

    /// Takes `key(<here>)`.
    fn list(&mut self, key: &Ident, _input: ParseStream<'_>, _errors: &Errors) -> syn::Result<()> {
        Err(syn::Error::new(key.span(), format!("`{key}` takes no list")))
    }

    /// Takes `key`.
    fn flag(&mut self, key: &Ident, _errors: &Errors) -> syn::Result<()> {
        Err(syn::Error::new(key.span(), format!("`{key}` needs a value")))
    }

    /// Takes the argument that has no key.
    fn positional(&mut self, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()>;
}

/// A value that may be given once.
#[derive(Clone)]
pub(crate) struct Slot<T>(Option<(Ident, T)>);

// Not derived: the derive would ask for `T: Default`.
impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Slot<T> {
    pub(crate) fn set(&mut self, key: &Ident, value: T, errors: &Errors) {
        if self.0.is_some() {
            errors.at(key, format!("`{key}` is given twice"));
        } else {
            self.0 = Some((key.clone(), value));
        }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self) -> Option<&mut T> {
        self.0.as_mut().map(|(_, value)| value)
    }

    pub(crate) fn key(&self) -> Option<&Ident> {
        self.0.as_ref().map(|(key, _)| key)
    }

    pub(crate) fn is_set(&self) -> bool {
        self.0.is_some()
    }
}

/// Reads all arguments; after a mistake it goes on behind the next comma.
pub(crate) fn parse<A: Arguments>(into: &mut A, arguments: TokenStream, errors: &Errors) {
    for entry in split_after_mistakes(joined(arguments, errors)) {
        let outcome = (|input: ParseStream<'_>| {
            while !input.is_empty() {
                one(into, input, errors)?;
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        })
        .parse2(entry.tokens);
        // A piece that could not be read as part of a longer list was read alone; its neighbours are not lost.
        errors.take(outcome);
    }
}

/// `2 s` is read as the `2s` that was meant, after it has been said.
fn joined(arguments: TokenStream, errors: &Errors) -> TokenStream {
    let mut tokens = arguments.into_iter().peekable();
    let mut read = Vec::new();
    while let Some(token) = tokens.next() {
        read.push(match (&token, tokens.peek()) {
            (TokenTree::Literal(number), Some(TokenTree::Ident(unit))) => {
                match duration::joined(number, &unit.to_string()) {
                    Some(literal) => {
                        errors.at_span(unit.span(), format!("a duration is one word: write `{literal}`"));
                        tokens.next();
                        literal.into()
                    }
                    None => token,
                }
            }
            (TokenTree::Group(group), _) => {
                let mut inner = Group::new(group.delimiter(), joined(group.stream(), errors));
                inner.set_span(group.span());
                inner.into()
            }
            _ => token,
        });
    }
    read.into_iter().collect()
}

struct Piece {
    tokens: TokenStream,
}

/// Cuts the arguments at the commas that stand before `name =`, `name(`, `name,` or the end: a comma inside a closure's
/// parameters or between generics is not followed by those in code that anybody writes here.
fn split_after_mistakes(arguments: TokenStream) -> Vec<Piece> {
    let tokens: Vec<TokenTree> = arguments.into_iter().collect();
    let mut pieces = Vec::new();
    let mut current: Vec<TokenTree> = Vec::new();
    let mut bars = 0;
    for (at, token) in tokens.iter().enumerate() {
        if is_punct(token, '|') {
            bars += 1;
        }
        if is_punct(token, ',') && bars % 2 == 0 && starts_entry(&tokens[at + 1..]) {
            pieces.push(Piece { tokens: current.drain(..).collect() });
        } else {
            current.push(token.clone());
        }
    }
    pieces.push(Piece { tokens: current.into_iter().collect() });
    pieces.retain(|piece| !piece.tokens.is_empty());
    pieces
}

fn starts_entry(rest: &[TokenTree]) -> bool {
    match rest {
        [] | [TokenTree::Literal(_), ..] => true,
        [TokenTree::Ident(_), ..] => match &rest[1..] {
            [] | [TokenTree::Group(_), ..] => true,
            [TokenTree::Punct(p), ..] => matches!(p.as_char(), ',' | '='),
            _ => false,
        },
        _ => false,
    }
}

fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

fn one<A: Arguments>(into: &mut A, input: ParseStream<'_>, errors: &Errors) -> syn::Result<()> {
    if !input.peek(Ident::peek_any) {
        return into.positional(input, errors);
    }
    let ahead = input.fork();
    let key = ahead.call(Ident::parse_any)?;
    let keyed = ahead.peek(Token![=]) && !ahead.peek(Token![==]) && !ahead.peek(Token![=>]);
    let listed = ahead.peek(token::Paren);
    let alone = ahead.is_empty() || ahead.peek(Token![,]);
    let form = A::KEYS.iter().find(|(name, ..)| key == name).map(|(_, form, _)| *form);
    let Some(form) = form else {
        let misspelt = keyed || (alone && is_flag::<A>(&key)) || (listed && is_list::<A>(&key));
        return if misspelt { misspelt_key::<A>(input, &key) } else { into.positional(input, errors) };
    };
    let takes_list = matches!(form, Form::List | Form::ValueOrList);
    let takes_value = matches!(form, Form::Value | Form::ValueOrList | Form::FlagOrValue);
    input.call(Ident::parse_any)?;
    if keyed && takes_value {
        input.parse::<Token![=]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(syn::Error::new(
                key.span(),
                format!("`{key}` needs a value: write `{}`", usage::<A>(&key)),
            ));
        }
        return into.value(&key, input, errors);
    }
    if listed && takes_list {
        let content;
        syn::parenthesized!(content in input);
        return into.list(&key, &content, errors);
    }
    if alone && matches!(form, Form::Flag | Form::FlagOrValue) {
        return into.flag(&key, errors);
    }
    skip_expression(input);
    let says = match form {
        Form::Flag | Form::FlagOrValue => "stands alone",
        Form::List => "takes a list",
        Form::Value | Form::ValueOrList => "needs a value",
    };
    Err(syn::Error::new(key.span(), format!("`{key}` {says}: write `{}`", usage::<A>(&key))))
}

fn misspelt_key<A: Arguments>(input: ParseStream<'_>, key: &Ident) -> syn::Result<()> {
    skip_expression(input);
    Err(unknown::<A>(key))
}

/// A word that stands alone, and is rather a misspelt key than an expression.
fn is_flag<A: Arguments>(key: &Ident) -> bool {
    key.to_string().chars().all(|c| c.is_lowercase() || c == '_') && misspelt::<A>(key)
}

/// A word before parentheses, and one slip away from a key that takes a list; else it is the call of a function.
fn is_list<A: Arguments>(key: &Ident) -> bool {
    let written = key.unraw().to_string();
    let takes_list = |form: Form| matches!(form, Form::List | Form::ValueOrList);
    A::KEYS.iter().any(|(name, form, _)| takes_list(*form) && name.len() > 3 && is_slip(&written, name))
}

/// Reads entries to the end; after a mistake it goes on behind the next comma, so that all of them are said.
pub(crate) fn each(
    input: ParseStream<'_>,
    errors: &Errors,
    mut one: impl FnMut(ParseStream<'_>) -> syn::Result<()>,
) {
    while !input.is_empty() {
        let comma = |()| if input.is_empty() { Ok(()) } else { input.parse::<Token![,]>().map(drop) };
        if errors.take(one(input).and_then(comma)).is_none() {
            skip_expression(input);
            // Is there, or the end is.
            let _ = input.parse::<Token![,]>();
        }
    }
}

fn skip_expression(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}

fn usage<A: Arguments>(key: &Ident) -> &'static str {
    A::KEYS.iter().find(|(name, ..)| key == name).map_or("", |(_, _, usage)| usage)
}

fn misspelt<A: Arguments>(key: &Ident) -> bool {
    nearest(&key.unraw().to_string(), A::KEYS.iter().map(|(name, ..)| *name)).is_some()
}

/// The message for a key that is not there, with the nearest one that is.
pub(crate) fn unknown<A: Arguments>(key: &Ident) -> syn::Error {
    let written = key.unraw().to_string();
    if let Some((_, here)) = A::ELSEWHERE.iter().find(|(names, _)| names.contains(&written.as_str())) {
        let (attribute, code) = (A::ATTRIBUTE, A::CODE);
        let message = format!("{code}`#[{attribute}]` has no argument `{written}`: write `{here}`");
        return syn::Error::new(key.span(), message);
    }
    let error = unknown_key(key, &format!("#[{}]", A::ATTRIBUTE), A::KEYS.iter().map(|(name, ..)| *name));
    if A::CODE.is_empty() { error } else { syn::Error::new(key.span(), format!("{}{error}", A::CODE)) }
}

pub(crate) fn unknown_key<'a>(
    key: &Ident,
    of: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> syn::Error {
    let written = key.unraw().to_string();
    let message = match nearest(&written, known.clone()) {
        Some(near) => format!("`{of}` has no argument `{written}`; did you mean `{near}`?"),
        None => {
            let all = known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            format!("`{of}` has no argument `{written}`; it takes {all}")
        }
    };
    syn::Error::new(key.span(), message)
}

/// An expression up to the next comma.
pub(crate) fn expression(input: ParseStream<'_>) -> syn::Result<Expr> {
    if input.is_empty() || input.peek(Token![,]) {
        return Err(input.error("expected a value"));
    }
    input.parse()
}

/// One of a few words.
pub(crate) fn one_of<T: Copy>(input: ParseStream<'_>, key: &str, known: &[(&str, T)]) -> syn::Result<T> {
    chosen(&expression(input)?, plain_word, key, known)
}

/// One of a few words, plain or in quotes, as tokio writes them.
pub(crate) fn one_of_quoted<T: Copy>(
    input: ParseStream<'_>,
    key: &str,
    known: &[(&str, T)],
) -> syn::Result<T> {
    chosen(&expression(input)?, |expr| plain_word(expr).or_else(|| quoted_word(expr)), key, known)
}

fn chosen<T: Copy>(
    expr: &Expr,
    word: impl Fn(&Expr) -> Option<String>,
    key: &str,
    known: &[(&str, T)],
) -> syn::Result<T> {
    let all = || known.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let Some(written) = word(expr) else {
        return Err(syn::Error::new_spanned(expr, format!("`{key}` is one of {}", all())));
    };
    known.iter().find(|(name, _)| written == *name).map(|(_, value)| *value).ok_or_else(|| {
        let near = nearest(&written, known.iter().map(|(name, _)| *name));
        let message = match near {
            Some(near) => format!("`{key}` cannot be `{written}`; did you mean `{near}`?"),
            None => format!("`{key}` cannot be `{written}`; it is one of {}", all()),
        };
        syn::Error::new_spanned(expr, message)
    })
}

fn plain_word(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        _ => None,
    }
}

fn quoted_word(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}
