//! The annotated function: its signature is parsed, its body stays as it was written.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Signature, Token, Visibility};

#[derive(Clone)]
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    /// `default`, of unstable specialisation.
    pub(crate) defaultness: Option<syn::Ident>,
    pub(crate) signature: Signature,
    pub(crate) body: Body,
}

#[derive(Clone)]
pub(crate) enum Body {
    Block {
        /// `#![..]`, which only a function's outermost block may have.
        inner_attributes: Vec<Attribute>,
        /// The user's own braces and all between them, without the inner attributes.
        group: Group,
    },
    /// A trait method without a default.
    Missing(Token![;]),
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let ahead = input.fork();
        let defaultness = match ahead.parse::<syn::Ident>() {
            Ok(word) if word == "default" => Some(input.parse()?),
            _ => None,
        };
        let signature = input.parse()?;
        let body = if input.peek(Token![;]) { Body::Missing(input.parse()?) } else { block(input)? };
        if !input.is_empty() {
            return Err(input.error("expected one function"));
        }
        Ok(Self { attributes, visibility, defaultness, signature, body })
    }
}

fn block(input: ParseStream<'_>) -> syn::Result<Body> {
    let token: TokenTree = input.parse()?;
    match token {
        TokenTree::Group(group) => Body::of(group),
        token => Err(syn::Error::new(token.span(), "expected the function's body")),
    }
}

impl Body {
    fn of(group: Group) -> syn::Result<Self> {
        let group = unwrapped(group);
        let (inner_attributes, rest) = split_inner_attributes(group.stream())?;
        if inner_attributes.is_empty() {
            return Ok(Self::Block { inner_attributes, group });
        }
        let mut without = Group::new(group.delimiter(), rest);
        without.set_span(group.span());
        Ok(Self::Block { inner_attributes, group: without })
    }
}

/// A body that comes from a `$body:block` stands in an invisible group of its own.
fn unwrapped(group: Group) -> Group {
    if group.delimiter() == Delimiter::None {
        let mut tokens = group.stream().into_iter();
        if let (Some(TokenTree::Group(inner)), None) = (tokens.next(), tokens.next()) {
            return unwrapped(inner);
        }
    }
    group
}

fn split_inner_attributes(stream: TokenStream) -> syn::Result<(Vec<Attribute>, TokenStream)> {
    let mut start = stream.clone().into_iter();
    let (hash, bang) = (start.next(), start.next());
    let is =
        |token: &Option<TokenTree>, char| matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == char);
    if !(is(&hash, '#') && is(&bang, '!')) {
        return Ok((Vec::new(), stream));
    }
    syn::parse::Parser::parse2(
        |input: ParseStream<'_>| Ok((input.call(Attribute::parse_inner)?, input.parse::<TokenStream>()?)),
        stream,
    )
}

impl Function {
    /// What stands in front of the body of a function, and what stands in it, if no attribute but its documentation is on
    /// it.
    pub(crate) fn without_attributes(item: &TokenStream) -> Option<(TokenStream, TokenStream)> {
        let mut front: Vec<TokenTree> = item.clone().into_iter().collect();
        let body = match front.pop() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => group.stream(),
            _ => return None,
        };
        let is_text = |tokens: &[TokenTree]| match tokens {
            [TokenTree::Punct(hash), TokenTree::Group(attribute)] if hash.as_char() == '#' => {
                let name = attribute.stream().into_iter().next();
                matches!(name, Some(TokenTree::Ident(name)) if name == "doc")
            }
            _ => true,
        };
        let is_function = front.iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "fn"));
        (is_function && front.windows(2).all(is_text)).then(|| (front.into_iter().collect(), body))
    }

    /// Parses a function. Its body is left alone: to parse it means to copy each of its tokens.
    pub(crate) fn of(item: TokenStream) -> syn::Result<Self> {
        let mut tokens: Vec<TokenTree> = item.into_iter().collect();
        let body = match tokens.last_mut() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let mut empty = Group::new(Delimiter::Brace, TokenStream::new());
                empty.set_span(group.span());
                Some(std::mem::replace(group, empty))
            }
            _ => None,
        };
        let mut function: Self = syn::parse2(tokens.into_iter().collect())?;
        if let Some(group) = body {
            function.body = Body::of(group)?;
        }
        Ok(function)
    }

    pub(crate) fn is_method(&self) -> bool {
        self.signature.receiver().is_some()
    }

    pub(crate) fn is_public(&self) -> bool {
        !matches!(self.visibility, Visibility::Inherited)
    }

    /// Puts the inner attributes of the body on the item, where they mean the same.
    pub(crate) fn take_out(&mut self, inner: &[Attribute]) {
        self.attributes.extend(inner.iter().cloned().map(|mut attribute| {
            attribute.style = syn::AttrStyle::Outer;
            attribute
        }));
    }

    /// Everything before the body, as it was written.
    pub(crate) fn head_to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.attributes);
        self.visibility.to_tokens(tokens);
        self.defaultness.to_tokens(tokens);
        self.signature.to_tokens(tokens);
    }
}
