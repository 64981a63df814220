//! The modules that a file declares.

use std::path::PathBuf;

use proc_macro2::{TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, File, Item, ItemMod, Lit, Meta, Token};

use super::{Directory, Module, plain};
use crate::syntax::{attributes, plain_name};

pub(super) fn children(module: &Module, file: &File) -> Vec<Module> {
    let mut found = Declared { children: Vec::new() };
    let at = Place {
        names: module.names.clone(),
        directory: module.directory.clone(),
        is_test: module.is_test(file),
    };
    found.items(&file.items, &at);
    found.children
}

/// The module, inline or not, in which a declaration stands.
struct Place {
    names: Vec<String>,
    directory: Directory,
    is_test: bool,
}

struct Declared {
    children: Vec<Module>,
}

impl Declared {
    fn items(&mut self, items: &[Item], at: &Place) {
        for item in items {
            match item {
                Item::Mod(module) => self.module(module, at),
                Item::Macro(call) if !call.mac.path.is_ident("macro_rules") => {
                    let is_test = at.is_test || attributes::is_test(&call.attrs);
                    self.tokens(call.mac.tokens.clone(), is_test, at);
                }
                _ => {}
            }
        }
    }

    fn module(&mut self, module: &ItemMod, at: &Place) {
        let name = plain_name(&module.ident);
        let is_test = at.is_test || attributes::is_test(&module.attrs);
        let paths = Paths::of(&module.attrs);
        let Some((_, items)) = &module.content else {
            return self.declare(&name, &paths, is_test, at);
        };
        let names = [at.names.as_slice(), std::slice::from_ref(&name)].concat();
        // On an inline module the attribute names the folder of its files.
        for folder in &paths.given {
            let directory = Directory { path: at.directory.path.join(folder), below: None };
            self.items(items, &Place { names: names.clone(), directory, is_test });
        }
        if !paths.always {
            let directory = Directory { path: at.directory.of_modules().join(&name), below: None };
            self.items(items, &Place { names, directory, is_test });
        }
    }

    fn declare(&mut self, name: &str, paths: &Paths, is_test: bool, at: &Place) {
        let names = [at.names.as_slice(), &[name.to_owned()]].concat();
        let mut push = |path: PathBuf, below: Option<String>| {
            let path = plain(&path);
            let directory = Directory::beside(&path, below);
            self.children.push(Module { path, names: names.clone(), is_test, directory });
        };
        for path in &paths.given {
            push(at.directory.path.join(path), None);
        }
        if !paths.always {
            let folder = at.directory.of_modules();
            push(folder.join(format!("{name}.rs")), Some(name.to_owned()));
            push(folder.join(name).join("mod.rs"), None);
        }
    }

    /// `mod name;` anywhere in the arguments of a macro.
    fn tokens(&mut self, tokens: TokenStream, is_test: bool, at: &Place) {
        let mut last: [Option<TokenTree>; 2] = [None, None];
        for token in tokens {
            match (&last, &token) {
                ([Some(TokenTree::Ident(word)), Some(TokenTree::Ident(name))], TokenTree::Punct(end))
                    if word == "mod" && end.as_char() == ';' =>
                {
                    self.declare(&plain_name(name), &Paths::default(), is_test, at);
                }
                (_, TokenTree::Group(group)) => self.tokens(group.stream(), is_test, at),
                _ => {}
            }
            let [_, before] = last;
            last = [before, Some(token)];
        }
    }
}

/// What `#[path]` says.
#[derive(Default)]
struct Paths {
    given: Vec<String>,
    /// Whether one of them holds on every platform, so that the usual place does not count.
    always: bool,
}

impl Paths {
    fn of(attrs: &[Attribute]) -> Self {
        let mut paths = Self::default();
        for attr in attrs {
            if let Some(path) = path_value(&attr.meta) {
                paths.given.push(path);
                paths.always = true;
            } else if attr.path().is_ident("cfg_attr") {
                let arguments = attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
                paths
                    .given
                    .extend(arguments.into_iter().flatten().skip(1).filter_map(|meta| path_value(&meta)));
            }
        }
        paths
    }
}

fn path_value(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        },
        _ => None,
    }
}
