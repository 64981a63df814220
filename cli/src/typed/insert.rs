//! Where `#[steadfast::checked]` goes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use steadfast_rules::{Level, Place, is_test_code};
use syn::{Attribute as Written, File, Item};

use crate::source::{Position, Source};

/// The text that is inserted in front of items.
#[derive(Clone, Debug)]
pub(crate) struct Attribute(String);

impl Attribute {
    /// `name` is that of the dependency on Steadfast; `levels`, `offloaders` and `blocking` are what the configuration
    /// says.
    pub(crate) fn new(
        name: &str,
        levels: &BTreeMap<&str, Level>,
        offloaders: &[String],
        blocking: &[(String, String)],
    ) -> Self {
        let mut arguments = vec!["__machine".to_owned()];
        if name != "steadfast" {
            arguments.push(format!("crate = ::{name}"));
        }
        for (level, key) in [(Level::Error, "deny"), (Level::Warn, "warn"), (Level::Off, "allow")] {
            let rules: Vec<&str> =
                levels.iter().filter(|(_, of)| **of == level).map(|(rule, _)| *rule).collect();
            if !rules.is_empty() {
                arguments.push(format!("{key}({})", rules.join(", ")));
            }
        }
        if !offloaders.is_empty() {
            arguments.push(format!("__offloaders({})", offloaders.join(", ")));
        }
        if !blocking.is_empty() {
            let paths: Vec<String> =
                blocking.iter().map(|(path, instead)| format!("{path:?} = {instead:?}")).collect();
            arguments.push(format!("__blocking({})", paths.join(", ")));
        }
        Self(format!("#[::{name}::checked({})] ", arguments.join(", ")))
    }
}

/// What is inserted into a file.
#[derive(Debug)]
pub(crate) struct Insertions {
    pub(crate) path: PathBuf,
    attribute: Attribute,
    /// In the order of the file.
    places: Vec<Position>,
    /// What stands behind all of it.
    end: String,
}

/// The text that makes the configured guards of a crate known to the compiler. `name` is that of the dependency on
/// Steadfast, and the guards are paths that begin with the name of their crate.
pub(crate) fn guards(name: &str, krate: &str, guards: &[String]) -> String {
    let own = guards.iter().filter_map(|guard| guard.strip_prefix(krate)?.strip_prefix("::"));
    let marked = own.map(|guard| format!(" impl ::{name}::marker::NotAcrossAwait for crate::{guard} {{}}"));
    marked.collect::<Vec<_>>().concat()
}

impl Insertions {
    /// The items with async code outside of tests, and what stands at the end. `None` if there is nothing.
    pub(crate) fn of(file: &File, source: &Source, attribute: Attribute, end: String) -> Option<Self> {
        let mut places = Vec::new();
        items(&file.items, &mut |item| {
            let start = Place::of(item).start.start();
            places.push(source.position(start.line, start.column));
        });
        places.sort_unstable();
        let inserts = !places.is_empty() || !end.is_empty();
        inserts.then(|| Self { path: source.path.clone(), attribute, places, end })
    }

    /// The text with the attributes in it.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut made = String::with_capacity(text.len() + self.places.len() * self.attribute.0.len());
        let mut done = 0;
        for place in &self.places {
            made.push_str(&text[done..place.byte]);
            made.push_str(&self.attribute.0);
            done = place.byte;
        }
        made.push_str(&text[done..]);
        if !self.end.is_empty() && !made.ends_with('\n') {
            // The last line may be a comment.
            made.push('\n');
        }
        made.push_str(&self.end);
        made
    }

    /// The column of the original for one of the text with the attributes in it.
    pub(super) fn column_before(&self, line: usize, column: usize) -> usize {
        let width = self.attribute.0.chars().count();
        let mut column = column;
        for place in self.places.iter().filter(|place| place.line == line) {
            if column >= place.column + width {
                column -= width;
            } else if column > place.column {
                // In the attribute itself.
                column = place.column;
            }
        }
        column
    }
}

/// Visits the outermost items that can be checked: functions, `impl` blocks and traits, in modules of any depth.
fn items<'f>(list: &'f [Item], visit: &mut dyn FnMut(&'f Item)) {
    for item in list {
        match item {
            Item::Mod(module) if !is_test_code(&module.attrs) => {
                items(module.content.as_ref().map_or(&[], |(_, items)| items.as_slice()), visit);
            }
            Item::Fn(function) if wants(&function.attrs, item) => visit(item),
            Item::Impl(implementation) if wants(&implementation.attrs, item) => visit(item),
            Item::Trait(declaration) if wants(&declaration.attrs, item) => visit(item),
            _ => {}
        }
    }
}

/// Whether the item has async code that is neither a test nor checked already.
fn wants(attributes: &[Written], item: &Item) -> bool {
    let is_checked = attributes.iter().any(|attribute| {
        attribute.path().segments.last().is_some_and(|last| last.ident == "checked")
            // Whether it is there only rustc knows, and one more could be one too many.
            || attribute.path().is_ident("cfg_attr") && mentions(attribute.to_token_stream(), "checked")
    });
    !is_checked && !is_test_code(attributes) && mentions(item.to_token_stream(), "async")
}

fn mentions(tokens: TokenStream, wanted: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == wanted,
        TokenTree::Group(group) => mentions(group.stream(), wanted),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn inserted(text: &str) -> (Insertions, String) {
        let source = Source::new("/w/a.rs".into(), Path::new("/w"), text.to_owned());
        let file = syn::parse_file(text).unwrap();
        let insertions = Insertions::of(&file, &source, Attribute("# ".to_owned()), String::new()).unwrap();
        let made = insertions.apply(text);
        (insertions, made)
    }

    #[test]
    fn in_front_of_items_with_async_code() {
        let text = "/// é\n#[inline]\npub async fn a() {}\nfn plain() {}\nmod m { impl A { async fn b() {} } fn c() { async {}; } }\n\
                    #[cfg(test)] mod tests { async fn d() {} }\n#[tokio::test] async fn e() {}\n#[steadfast::checked] async fn f() {}\n\
                    macro_rules! g { () => { async fn h() {} } }\ntrait T { async fn i(); }\n#[cfg_attr(unix, steadfast::checked)] async fn j() {}\n";
        let expected = "# /// é\n#[inline]\npub async fn a() {}\nfn plain() {}\nmod m { # impl A { async fn b() {} } # fn c() { async {}; } }\n\
                    #[cfg(test)] mod tests { async fn d() {} }\n#[tokio::test] async fn e() {}\n#[steadfast::checked] async fn f() {}\n\
                    macro_rules! g { () => { async fn h() {} } }\n# trait T { async fn i(); }\n#[cfg_attr(unix, steadfast::checked)] async fn j() {}\n";
        assert_eq!(inserted(text).1, expected);
    }

    #[test]
    fn columns_go_back() {
        let text = "mod m { async fn a() {} async fn b() {} }\n";
        let (insertions, made) = inserted(text);
        for (column, _) in text.char_indices() {
            let shifted = column + 2 * usize::from(column >= 8) + 2 * usize::from(column >= 24);
            assert_eq!(insertions.column_before(1, shifted), column, "{made}");
        }
        assert_eq!(insertions.column_before(2, 30), 30);
    }

    #[test]
    fn guards_of_the_crate_only() {
        let configured = ["one::a::Guard<'_>".to_owned(), "one_more::Guard".to_owned()];
        let expected = " impl ::steadfast::marker::NotAcrossAwait for crate::a::Guard<'_> {}";
        assert_eq!(guards("steadfast", "one", &configured), expected);
        let text = "struct Guard;\n";
        let source = Source::new("/w/a.rs".into(), Path::new("/w"), text.to_owned());
        let file = syn::parse_file(text).unwrap();
        assert!(Insertions::of(&file, &source, Attribute("# ".to_owned()), String::new()).is_none());
        let insertions =
            Insertions::of(&file, &source, Attribute("# ".to_owned()), expected.to_owned()).unwrap();
        assert_eq!(insertions.apply(text), format!("{text}{expected}"));
    }

    #[test]
    fn says_what_is_configured() {
        let levels = BTreeMap::from([("a", Level::Off), ("b", Level::Error), ("c", Level::Error)]);
        assert_eq!(
            Attribute::new("steadfast", &BTreeMap::new(), &[], &[]).0,
            "#[::steadfast::checked(__machine)] "
        );
        let blocking = [("a::*".to_owned(), String::new()), ("b::c".to_owned(), "say \"d\"".to_owned())];
        assert_eq!(
            Attribute::new("policies", &levels, &["pool".to_owned()], &blocking).0,
            "#[::policies::checked(__machine, crate = ::policies, deny(b, c), allow(a), __offloaders(pool), \
             __blocking(\"a::*\" = \"\", \"b::c\" = \"say \\\"d\\\"\"))] "
        );
    }
}
