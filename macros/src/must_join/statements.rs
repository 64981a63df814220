//! Statements about handles: discarded, bound and never used.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use steadfast_rules::syntax::exits::has_no_value;
use syn::ext::IdentExt;

use super::paths::{self, Found};
use super::rewrite::{Rewriter, arguments_of};
use crate::expand::{generated, located};
use crate::parse::must_join::OnError;

impl Rewriter<'_> {
    /// `tokio::spawn(..);`, `let _ = tokio::spawn(..);` and `_ = tokio::spawn(..);`: the task's failure becomes the call's own.
    pub(super) fn discarded(
        &self,
        rest: &[TokenTree],
        before: Option<&TokenTree>,
        starts: bool,
    ) -> Option<(usize, TokenStream)> {
        if !starts || self.target.scope.is_some() {
            return None;
        }
        let ignored = underscore(rest);
        let call = &rest[ignored..];
        let found = paths::at_start(call, before.filter(|_| ignored == 0), self.target.extra)?;
        if !found.spawn.is_joined() {
            return None;
        }
        let length = found.length + paths::turbofish(&call[found.length..]) + 1;
        let group = arguments_of(&call[found.length..])?;
        if !matches!(call.get(length), Some(TokenTree::Punct(punct)) if punct.as_char() == ';') {
            return None;
        }
        if self.target.strict {
            self.report_discarded(&found);
        }
        let turbofish: TokenStream = call[found.length..length - 1].iter().cloned().collect();
        let (spawn, arguments) = (self.replacement(&found), TokenTree::Group(self.group(group)));
        let handle = quote::quote!(#spawn #turbofish #arguments);
        let settled =
            if is_endless(group) { self.let_go(&found, &handle) } else { self.settled(&found, &handle) };
        Some((ignored + length, settled))
    }

    /// What a task that never returns would return is a type that nothing decides, so nothing may ask about it.
    fn let_go(&self, found: &Found, handle: &TokenStream) -> TokenStream {
        let discarded =
            located(self.target.private, &generated!(must_join::discarded), found.start, found.end);
        let span = proc_macro2::Span::mixed_site().located_at(found.end);
        quote::quote_spanned!(span=> #discarded(#handle).never_returns())
    }

    fn settled(&self, found: &Found, handle: &TokenStream) -> TokenStream {
        let private = self.target.private;
        let path = |function: TokenStream| located(private, &function, found.start, found.end);
        let span = proc_macro2::Span::mixed_site().located_at(found.end);
        let discarded = path(generated!(must_join::discarded));
        if self.target.on_error == OnError::Log {
            return quote::quote_spanned!(span=> #discarded(#handle).or_log());
        }
        self.fails.set(true);
        let returned = path(generated!(must_join::Returned));
        let output = self.target.output.cloned().unwrap_or_else(|| generated!(()));
        quote::quote_spanned!(span=> #discarded(#handle).or_fail(#returned::<#output>::new().error()))
    }

    fn report_discarded(&self, found: &Found) {
        self.errors.at_span(
            found.end,
            "[MJ003] this task's handle is discarded (`strict`)\nhelp: bind and await it, or spawn it into a scope with `g.spawn(..)`",
        );
    }

    /// `let h = tokio::spawn(..);`, where nothing behind it in the block mentions `h`.
    pub(super) fn check_binding(&self, rest: &[TokenTree]) {
        if !self.target.strict {
            return;
        }
        let Some((name, end)) = self.bound(rest) else { return };
        if !mentions(&rest[end..], &name) {
            self.errors.at_span(
                name.span(),
                format!(
                    "[MJ005] task handle `{name}` is never awaited, returned or stored (`strict`)\nhelp: write `{name}.await?;` where its result is needed, at the latest before the block ends"
                ),
            );
        }
    }

    /// The name that is bound to a spawned task's handle here, and where the statement ends.
    fn bound(&self, rest: &[TokenTree]) -> Option<(Ident, usize)> {
        let [TokenTree::Ident(keyword), ..] = rest else { return None };
        let mutable = matches!(rest.get(1), Some(TokenTree::Ident(word)) if word == "mut");
        let at = 1 + usize::from(mutable);
        let TokenTree::Ident(name) = rest.get(at)? else { return None };
        let equals = matches!(rest.get(at + 1)?, TokenTree::Punct(punct) if punct.as_char() == '=');
        if keyword != "let" || !equals {
            return None;
        }
        let call = &rest[at + 2..];
        let found = paths::at_start(call, None, self.target.extra)?;
        arguments_of(&call[found.length..])?;
        let length = found.length + paths::turbofish(&call[found.length..]) + 1;
        let ends = matches!(call.get(length)?, TokenTree::Punct(punct) if punct.as_char() == ';');
        (ends && found.spawn.is_joined() && name != "_").then(|| (name.clone(), at + 2 + length))
    }

    /// The names of all handles that `tokens` bind, at any depth.
    pub(super) fn handles(&self, tokens: &[TokenTree], names: &mut Vec<Ident>) {
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    self.handles(&group.stream().into_iter().collect::<Vec<_>>(), names);
                }
                TokenTree::Ident(word) if word == "let" => {
                    names.extend(self.bound(&tokens[at..]).map(|(name, _)| name));
                }
                _ => {}
            }
        }
    }
}

/// How many tokens `let _ =` takes at the beginning.
fn underscore(rest: &[TokenTree]) -> usize {
    match rest {
        [TokenTree::Ident(keyword), TokenTree::Ident(name), TokenTree::Punct(equals), ..]
            if keyword == "let" && name == "_" && equals.as_char() == '=' =>
        {
            3
        }
        [TokenTree::Ident(name), TokenTree::Punct(equals), ..] if name == "_" && equals.as_char() == '=' => 2,
        _ => 0,
    }
}

/// Whether the name stands anywhere in the tokens, in the text of a format string too.
fn mentions(tokens: &[TokenTree], name: &Ident) -> bool {
    let plain = name.unraw();
    tokens.iter().any(|token| match token {
        TokenTree::Ident(word) => word.unraw() == plain,
        TokenTree::Group(group) => mentions(&group.stream().into_iter().collect::<Vec<_>>(), name),
        TokenTree::Literal(literal) => literal.to_string().contains(&plain.to_string()),
        TokenTree::Punct(_) => false,
    })
}

/// The single name in the parentheses of a call.
pub(super) fn sole_name(group: &proc_macro2::Group) -> Option<Ident> {
    let mut tokens = group.stream().into_iter();
    match (group.delimiter(), tokens.next(), tokens.next()) {
        (Delimiter::Parenthesis, Some(TokenTree::Ident(name)), None) => Some(name),
        _ => None,
    }
}

/// Whether the argument is an `async` block that never has a value.
fn is_endless(arguments: &proc_macro2::Group) -> bool {
    syn::parse2::<syn::ExprAsync>(arguments.stream()).is_ok_and(|block| has_no_value(&block.block.stmts))
}
