//! The grammars of the known macros.

use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Block, Expr, Ident, Pat, Result, Token, token};

use super::{Branch, MacroKind, Part, Position};
use crate::syntax::patterns;

pub(super) fn parse(kind: MacroKind, tokens: &TokenStream) -> Result<Vec<Part>> {
    let tokens = tokens.clone();
    match kind {
        MacroKind::Formatted => format_arguments.parse2(tokens),
        MacroKind::Raised => raised.parse2(tokens),
        MacroKind::Bound => (|input: ParseStream| list(input, Position::Place)).parse2(tokens),
        MacroKind::Listed | MacroKind::Polled => by_value.parse2(tokens),
        MacroKind::Json => json.parse2(tokens),
        MacroKind::Matched => matched.parse2(tokens),
        MacroKind::Select => select.parse2(tokens),
        MacroKind::Generator => Ok(vec![Part::Generator(Block::parse_within.parse2(tokens)?)]),
        MacroKind::Applied => applied.parse2(tokens),
        MacroKind::Inert => Ok(Vec::new()),
        MacroKind::Unknown => Ok(vec![Part::Opaque]),
    }
}

/// Skips one separator; `log` puts a `;` between its fields and its message.
fn separator(input: ParseStream) -> Result<()> {
    if input.peek(Token![;]) {
        input.parse::<Token![;]>()?;
    } else if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(())
}

fn list(input: ParseStream, position: Position) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        parts.push(Part::Expr(Box::new(input.parse()?), position));
        separator(input)?;
    }
    Ok(parts)
}

/// `a, b` · `value; count` · `biased; a, b` · `let a = b();`
fn by_value(input: ParseStream) -> Result<Vec<Part>> {
    if input.peek(Token![let]) {
        return Ok(vec![Part::Statements(input.call(Block::parse_within)?)]);
    }
    skip_biased(input)?;
    let mut parts = Vec::new();
    let mut position = Position::Value;
    while !input.is_empty() {
        parts.push(Part::Expr(Box::new(input.parse()?), position));
        // What follows the `;` of `vec![value; count]` is a number.
        position = if input.peek(Token![;]) { Position::Operand } else { Position::Value };
        separator(input)?;
    }
    Ok(parts)
}

fn skip_biased(input: ParseStream) -> Result<()> {
    if input.peek(Ident) && input.peek2(Token![;]) && input.fork().parse::<Ident>()? == "biased" {
        input.parse::<Ident>()?;
        input.parse::<Token![;]>()?;
    }
    Ok(())
}

fn format_arguments(input: ParseStream) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        parts.push(format_argument(input)?);
        separator(input)?;
    }
    Ok(parts)
}

/// `"text"` · `value` · `name = value` · `target: value` · `?value` · `http.status = %value`
fn format_argument(input: ParseStream) -> Result<Part> {
    let ahead = input.fork();
    if skip_field_name(&ahead) {
        input.advance_to(&ahead);
    }
    if input.peek(Token![%]) {
        input.parse::<Token![%]>()?;
    } else if input.peek(Token![?]) {
        input.parse::<Token![?]>()?;
    }
    Ok(Part::Expr(Box::new(input.parse()?), Position::Place))
}

/// Whether a field name and the sign that ends it come next; they are then consumed.
fn skip_field_name(ahead: ParseStream) -> bool {
    let named = if ahead.peek(syn::LitStr) { ahead.parse::<Literal>().is_ok() } else { dotted_name(ahead) };
    if !named || ahead.peek(Token![==]) || ahead.peek(Token![=>]) || ahead.peek(Token![::]) {
        return false;
    }
    ahead.parse::<Token![=]>().is_ok() || ahead.parse::<Token![:]>().is_ok()
}

fn dotted_name(ahead: ParseStream) -> bool {
    loop {
        if ahead.call(Ident::parse_any).is_err() {
            return false;
        }
        if !ahead.peek(Token![.]) || ahead.parse::<Token![.]>().is_err() {
            return true;
        }
    }
}

fn raised(input: ParseStream) -> Result<Vec<Part>> {
    let mut parts = format_arguments(input)?;
    if let [Part::Expr(_, position)] = parts.as_mut_slice() {
        *position = Position::Value;
    }
    Ok(parts)
}

/// `expr, pattern if guard, "message"`
fn matched(input: ParseStream) -> Result<Vec<Part>> {
    let expr = input.parse()?;
    separator(input)?;
    let pattern = Pat::parse_multi_with_leading_vert(input)?;
    let guard = optional_guard(input)?;
    separator(input)?;
    // A name is bound here to be compared in the guard, so that it is a number far more often than not.
    let position = if patterns::binds_by_value(&pattern) { Position::Operand } else { Position::Place };
    let branch = Branch { pattern: Some(pattern), future: None, guard, handler: None };
    let mut parts = vec![Part::Expr(Box::new(expr), position), Part::Branch(Box::new(branch))];
    parts.extend(format_arguments(input)?);
    Ok(parts)
}

fn optional_guard(input: ParseStream) -> Result<Option<Expr>> {
    if !input.peek(Token![if]) {
        return Ok(None);
    }
    input.parse::<Token![if]>()?;
    input.parse().map(Some)
}

/// A value of a JSON literal; braces are an object here, never a block.
fn json(input: ParseStream) -> Result<Vec<Part>> {
    if input.peek(token::Brace) {
        return json_object.parse2(group(input, Delimiter::Brace)?);
    }
    if input.peek(token::Bracket) {
        return json_array.parse2(group(input, Delimiter::Bracket)?);
    }
    Ok(vec![Part::Expr(Box::new(input.parse()?), Position::Place)])
}

fn json_array(input: ParseStream) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        parts.extend(json(input)?);
        separator(input)?;
    }
    Ok(parts)
}

fn json_object(input: ParseStream) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        let key: TokenTree = input.parse()?;
        if let TokenTree::Group(computed) = key {
            parts.push(Part::Expr(Box::new(syn::parse2(computed.stream())?), Position::Place));
        }
        input.parse::<Token![:]>()?;
        parts.extend(json(input)?);
        separator(input)?;
    }
    Ok(parts)
}

fn group(input: ParseStream, delimiter: Delimiter) -> Result<TokenStream> {
    match input.parse()? {
        TokenTree::Group(group) if group.delimiter() == delimiter => Ok(group.stream()),
        other => Err(syn::Error::new(other.span(), "expected a group")),
    }
}

/// `pattern = future, if guard => handler`, `else => handler`, and `complete`/`default` of the `futures`
/// crate.
fn select(input: ParseStream) -> Result<Vec<Part>> {
    skip_biased(input)?;
    let mut parts = Vec::new();
    while !input.is_empty() {
        parts.push(Part::Branch(Box::new(branch(input)?)));
    }
    Ok(parts)
}

fn branch(input: ParseStream) -> Result<Branch> {
    let (pattern, future) = if input.peek(Ident::peek_any) && input.peek2(Token![=>]) {
        input.call(Ident::parse_any)?;
        (None, None)
    } else {
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        input.parse::<Token![=]>()?;
        (Some(pattern), Some(input.parse()?))
    };
    input.parse::<Option<Token![,]>>()?;
    let guard = optional_guard(input)?;
    input.parse::<Token![=>]>()?;
    let handler = Some(Expr::parse_with_earlier_boundary_rule(input)?);
    input.parse::<Option<Token![,]>>()?;
    Ok(Branch { pattern, future, guard, handler })
}

/// `policies; future`
fn applied(input: ParseStream) -> Result<Vec<Part>> {
    while !input.peek(Token![;]) {
        TokenTree::parse(input)?;
    }
    input.parse::<Token![;]>()?;
    Ok(vec![Part::Expr(Box::new(input.parse()?), Position::Value)])
}
