//! The modules that a file declares.

use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, File, Item, ItemMod, Lit, LitStr, Meta, Token};

use super::{Directory, Module, plain};
use crate::syntax::{attributes, plain_name};

pub(super) fn children(module: &Module, file: &File) -> Vec<Module> {
    let beside = module.path.parent().unwrap_or_else(|| Path::new(""));
    let mut found = Declared { beside, children: Vec::new() };
    let at = Place {
        names: module.names.clone(),
        directory: module.directory.clone(),
        cfg: Cfg { is_test: module.is_test, is_wasm: module.is_wasm }.under(&file.attrs),
    };
    found.items(&file.items, &at);
    found.children
}

/// The module, inline or not, in which a declaration stands.
struct Place {
    names: Vec<String>,
    directory: Directory,
    cfg: Cfg,
}

/// What a module is compiled for only.
#[derive(Clone, Copy)]
struct Cfg {
    is_test: bool,
    is_wasm: bool,
}

impl Cfg {
    /// The same for what stands below these attributes.
    fn under(self, attrs: &[Attribute]) -> Self {
        Self {
            is_test: self.is_test || attributes::is_test(attrs),
            is_wasm: self.is_wasm || attributes::is_wasm_only(attrs),
        }
    }
}

struct Declared<'a> {
    /// The folder of the file.
    beside: &'a Path,
    children: Vec<Module>,
}

impl Declared<'_> {
    fn items(&mut self, items: &[Item], at: &Place) {
        for item in items {
            match item {
                Item::Mod(module) => self.module(module, at),
                Item::Macro(call) if is_include(&call.mac.path) => {
                    if let Ok(path) = call.mac.parse_body::<LitStr>() {
                        self.include(&path.value(), at.cfg.under(&call.attrs), at);
                    }
                }
                Item::Macro(call) if !call.mac.path.is_ident("macro_rules") => {
                    self.tokens(call.mac.tokens.clone(), at.cfg.under(&call.attrs), at);
                }
                _ => {}
            }
        }
    }

    fn module(&mut self, module: &ItemMod, at: &Place) {
        let name = plain_name(&module.ident);
        let cfg = at.cfg.under(&module.attrs);
        let paths = Paths::of(&module.attrs);
        let Some((_, items)) = &module.content else {
            return self.declare(&name, &paths, cfg, at);
        };
        let names = [at.names.as_slice(), std::slice::from_ref(&name)].concat();
        // On an inline module the attribute names the folder of its files.
        for folder in &paths.given {
            let directory = Directory { path: at.directory.path.join(folder), below: None };
            self.items(items, &Place { names: names.clone(), directory, cfg });
        }
        if !paths.always {
            let directory = Directory { path: at.directory.of_modules().join(&name), below: None };
            self.items(items, &Place { names, directory, cfg });
        }
    }

    /// `include!("path");`: more of the same module. The modules that it declares are beside it.
    fn include(&mut self, path: &str, cfg: Cfg, at: &Place) {
        let path = plain(&self.beside.join(path));
        let directory = Directory::beside(&path, None);
        let Cfg { is_test, is_wasm } = cfg;
        self.children.push(Module { path, names: at.names.clone(), is_test, is_wasm, directory });
    }

    fn declare(&mut self, name: &str, paths: &Paths, cfg: Cfg, at: &Place) {
        let names = [at.names.as_slice(), &[name.to_owned()]].concat();
        let mut push = |path: PathBuf, below: Option<String>| {
            let path = plain(&path);
            let directory = Directory::beside(&path, below);
            let Cfg { is_test, is_wasm } = cfg;
            self.children.push(Module { path, names: names.clone(), is_test, is_wasm, directory });
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
    fn tokens(&mut self, tokens: TokenStream, cfg: Cfg, at: &Place) {
        let mut last: [Option<TokenTree>; 2] = [None, None];
        for token in tokens {
            match (&last, &token) {
                ([Some(TokenTree::Ident(word)), Some(TokenTree::Ident(name))], TokenTree::Punct(end))
                    if word == "mod" && end.as_char() == ';' =>
                {
                    self.declare(&plain_name(name), &Paths::default(), cfg, at);
                }
                (_, TokenTree::Group(group)) => self.tokens(group.stream(), cfg, at),
                _ => {}
            }
            let [_, before] = last;
            last = [before, Some(token)];
        }
    }
}

fn is_include(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "include")
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
