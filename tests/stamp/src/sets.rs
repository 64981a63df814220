//! The sets of policies, and what a shape says about itself.

use proc_macro::{Group, Span, TokenStream, TokenTree};

pub(crate) struct Set {
    pub(crate) name: &'static str,
    pub(crate) retry: bool,
    timeout: bool,
    bounded: bool,
}

pub(crate) const SETS: &[Set] = &[
    Set { name: "under_timeout", timeout: true, retry: false, bounded: false },
    Set { name: "under_retry", timeout: false, retry: true, bounded: false },
    Set { name: "under_bounded", timeout: false, retry: false, bounded: true },
    Set { name: "under_all", timeout: true, retry: true, bounded: true },
];

/// What `#[policies(..)]` says of the function below it.
#[derive(Default)]
struct Shape {
    on_elapsed: Option<TokenStream>,
    not_retry: bool,
    only_bounded: bool,
    retry: Option<TokenStream>,
}

impl Set {
    pub(crate) fn attributes(&self, at: Span, arguments: TokenStream) -> TokenStream {
        let shape = Shape::parse(arguments);
        let retry = self.retry && !shape.not_retry && !shape.only_bounded;
        let timeout = self.timeout && !shape.only_bounded;
        let mut attributes: Vec<String> = Vec::new();
        if timeout {
            let limits = if retry { "attempt = 1s, total = 10s" } else { "5s" };
            let on_elapsed =
                shape.on_elapsed.map(|value| format!(", on_elapsed = {value}")).unwrap_or_default();
            attributes.push(format!("#[::steadfast::timeout({limits}{on_elapsed})]"));
        }
        if retry {
            let more = shape.retry.map(|more| format!(", {more}")).unwrap_or_default();
            attributes.push(format!("#[::steadfast::retry(on = any, attempts = 3{more})]"));
        }
        if self.bounded {
            attributes.push("#[::steadfast::bounded(4)]".to_owned());
        }
        located(attributes.concat().parse().expect("attributes"), at)
    }
}

impl Shape {
    fn parse(arguments: TokenStream) -> Self {
        let mut shape = Self::default();
        let mut tokens = arguments.into_iter();
        while let Some(token) = tokens.next() {
            match token.to_string().as_str() {
                "on_elapsed" => {
                    shape.on_elapsed = Some(tokens.by_ref().skip(1).collect());
                    shape.not_retry = true;
                }
                "not_retry" => shape.not_retry = true,
                "only_bounded" => shape.only_bounded = true,
                "retry" => match tokens.next() {
                    Some(TokenTree::Group(more)) => shape.retry = Some(more.stream()),
                    other => panic!("`retry` takes arguments in parentheses, not `{other:?}`"),
                },
                "," => {}
                other => panic!("`policies` has no argument `{other}`"),
            }
        }
        shape
    }
}

fn located(tokens: TokenStream, at: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                let mut inner = Group::new(group.delimiter(), located(group.stream(), at));
                inner.set_span(at);
                return TokenTree::Group(inner);
            }
            token.set_span(at);
            token
        })
        .collect()
}
