//! Source text for messages.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

/// What stands for an expression that is too long to be shown.
const LEFT_OUT: &str = "..";

/// Longer expressions are shown as `..`: a help line has to stay readable.
const LONGEST: usize = 48;

/// The source of `tokens` as one would write it, or `..` if that is long.
pub(crate) fn short(tokens: &impl ToTokens) -> String {
    shortened(full(tokens))
}

/// The arguments of a call as one would write them again, or `..` if they are long.
pub(crate) fn arguments(args: &Punctuated<Expr, Token![,]>) -> String {
    let texts: Vec<_> = args.iter().map(full).collect();
    shortened(texts.join(", "))
}

/// The source of `work` for a thread of its own: `None` if it is long, leaves the function or borrows from it.
pub(crate) fn thread_work(work: &impl ToTokens) -> Option<String> {
    let text = short(work);
    let moves = text != LEFT_OUT && !["?", ".await", "&", "self"].iter().any(|bound| text.contains(bound));
    moves.then_some(text)
}

fn shortened(text: String) -> String {
    if text.chars().count() > LONGEST || text.contains('\n') { LEFT_OUT.to_owned() } else { text }
}

/// The source of `tokens` on one line, spaced as rustfmt spaces expressions.
pub(crate) fn full(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    write(tokens.to_token_stream(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut glued = true;
    let mut before: Option<TokenTree> = None;
    for token in tokens {
        if !glued && wants_space(before.as_ref(), &token) {
            text.push(' ');
        }
        glued = false;
        match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace if group.stream().is_empty() => ("{", "}"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => {
                text.push(punct.as_char());
                glued = punct.spacing() == Spacing::Joint
                    || matches!(punct.as_char(), '&' | '.' | '!' | '\'')
                    || punct.as_char() == '*' && is_in_front(before.as_ref());
            }
            other => text.push_str(&other.to_string()),
        }
        before = Some(token);
    }
}

/// Whether an operator behind this token stands in front of its operand, and not between two.
fn is_in_front(before: Option<&TokenTree>) -> bool {
    match before {
        None | Some(TokenTree::Punct(_)) => true,
        Some(TokenTree::Ident(word)) => word == "mut" || word == "return",
        Some(_) => false,
    }
}

fn wants_space(before: Option<&TokenTree>, token: &TokenTree) -> bool {
    let punct = |token: Option<&TokenTree>| match token {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    };
    match (punct(before), punct(Some(token))) {
        (_, Some(',' | ';' | '.' | '?' | ':' | '!' | '<' | '>')) | (Some(':' | '<' | '>'), _) => false,
        (Some(_), _) | (_, Some(_)) => true,
        _ => match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => !matches!(before, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None),
        },
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;
    use syn::{ExprCall, parse_quote};

    use super::{arguments, full, short, thread_work};

    #[test]
    fn reads_as_written() {
        for (tokens, expected) in [
            (quote!(Duration::from_millis(5)), "Duration::from_millis(5)"),
            (quote!(self.path.join("a")), "self.path.join(\"a\")"),
            (quote!(&config.url), "&config.url"),
            (quote!(a + b[1]), "a + b[1]"),
            (quote!(&mut *a.lock()), "&mut *a.lock()"),
            (quote!(f(*a * b)), "f(*a * b)"),
            (quote!((host, port)), "(host, port)"),
            (quote!(format!("{x}/y")), "format!(\"{x}/y\")"),
            (quote!(read(p)?), "read(p)?"),
            (quote!(spawn(async {})), "spawn(async {})"),
        ] {
            assert_eq!(full(&tokens), expected);
        }
    }

    #[test]
    fn leaves_out_what_is_long() {
        assert_eq!(short(&quote!(f(aaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccc))), "..");
    }

    #[test]
    fn arguments_stand_without_a_comma_behind_the_last() {
        let arguments_of = |call: &ExprCall| arguments(&call.args);
        assert_eq!(arguments_of(&parse_quote!(write(&path, text,))), "&path, text");
        assert_eq!(arguments_of(&parse_quote!(stop())), "");
        let long = parse_quote!(f(aaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccc));
        assert_eq!(arguments_of(&long), "..");
    }

    #[test]
    fn what_is_bound_to_the_function_is_no_work_for_a_thread() {
        assert_eq!(thread_work(&quote!(load(path))).as_deref(), Some("load(path)"));
        for bound in
            [quote!(load(path()?)), quote!(load(name().await)), quote!(load(&path)), quote!(load(self.path))]
        {
            assert_eq!(thread_work(&bound), None);
        }
    }
}
