//! What a module or a block declares and imports.

use std::collections::{HashMap, HashSet};

use syn::{Attribute, Fields, Item, ItemFn, ItemUse, Signature, Stmt, Type, UseTree};

use crate::syntax::plain_name;

/// The names of one module, or of the items in one block.
#[derive(Default)]
pub(crate) struct Module<'a> {
    /// Imported names, with the path that each stands for.
    pub(crate) imports: HashMap<String, Vec<String>>,
    /// Imported names that are there under some conditions only, or whose path begins with `::`.
    pub(crate) uncertain: HashSet<String>,
    /// The paths of glob imports.
    pub(crate) globs: Vec<Vec<String>>,
    /// Names of items declared here.
    pub(crate) items: HashSet<String>,
    /// Names of `async` functions declared here.
    pub(crate) async_functions: HashSet<String>,
    /// The functions declared here.
    pub(crate) functions: HashMap<String, &'a Signature>,
    /// The types of the constants declared here.
    pub(crate) constants: HashMap<String, &'a Type>,
    /// The types of the named fields of the structs declared here.
    pub(crate) fields: HashMap<String, HashMap<String, &'a Type>>,
}

impl<'a> Module<'a> {
    pub(crate) fn of_items(items: &'a [Item]) -> Self {
        let mut module = Self::default();
        for item in items {
            module.add(item);
        }
        module
    }

    /// The items of a block, which are in scope in all of it.
    pub(crate) fn of_statements(statements: &'a [Stmt]) -> Option<Self> {
        let items = || {
            statements.iter().filter_map(|stmt| match stmt {
                Stmt::Item(item) => Some(item),
                _ => None,
            })
        };
        items().next()?;
        let mut module = Self::default();
        items().for_each(|item| module.add(item));
        Some(module)
    }

    fn add(&mut self, item: &'a Item) {
        let ident = match item {
            Item::Use(import) => return self.add_use(import),
            Item::Fn(function) => {
                self.add_async(function);
                self.functions.insert(plain_name(&function.sig.ident), &function.sig);
                &function.sig.ident
            }
            Item::Struct(item) => {
                self.add_fields(&plain_name(&item.ident), &item.fields);
                &item.ident
            }
            Item::Const(item) => {
                self.constants.insert(plain_name(&item.ident), &item.ty);
                &item.ident
            }
            Item::Enum(item) => &item.ident,
            Item::Mod(item) => &item.ident,
            Item::Static(item) => &item.ident,
            Item::Trait(item) => &item.ident,
            Item::Type(item) => &item.ident,
            Item::Union(item) => &item.ident,
            Item::ExternCrate(item) => {
                let renamed = item.rename.as_ref().map_or(&item.ident, |(_, name)| name);
                self.imports.insert(plain_name(renamed), vec![plain_name(&item.ident)]);
                return;
            }
            _ => return,
        };
        self.items.insert(plain_name(ident));
    }

    /// Of two functions behind different `cfg`s, both have to be `async`; some attributes make a function synchronous.
    fn add_async(&mut self, function: &ItemFn) {
        let name = plain_name(&function.sig.ident);
        let is_known = self.items.contains(&name);
        if !is_async(&function.attrs, &function.sig) {
            self.async_functions.remove(&name);
        } else if !is_known {
            self.async_functions.insert(name);
        }
    }

    fn add_fields(&mut self, name: &str, fields: &'a Fields) {
        let named = fields.iter().filter_map(|field| Some((plain_name(field.ident.as_ref()?), &field.ty)));
        self.fields.insert(name.to_owned(), named.collect());
    }

    fn add_use(&mut self, import: &ItemUse) {
        if import.leading_colon.is_some()
            || import.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"))
        {
            let mut apart = Self::default();
            apart.add_tree(&import.tree, &mut Vec::new());
            self.uncertain.extend(apart.imports.into_keys());
        }
        self.add_tree(&import.tree, &mut Vec::new());
    }

    fn add_tree(&mut self, tree: &UseTree, prefix: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(plain_name(&path.ident));
                self.add_tree(&path.tree, prefix);
                prefix.pop();
            }
            UseTree::Name(name) if name.ident == "self" => {
                if let Some(last) = prefix.last() {
                    self.imports.insert(last.clone(), prefix.clone());
                }
            }
            UseTree::Name(name) => self.import(plain_name(&name.ident), prefix, plain_name(&name.ident)),
            UseTree::Rename(rename) if rename.ident == "self" => {
                self.imports.insert(plain_name(&rename.rename), prefix.clone());
            }
            UseTree::Rename(rename) => {
                self.import(plain_name(&rename.rename), prefix, plain_name(&rename.ident));
            }
            UseTree::Glob(_) => self.globs.push(prefix.clone()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(tree, prefix)),
        }
    }

    fn import(&mut self, name: String, prefix: &[String], last: String) {
        // Two items of one name behind different `cfg`s: neither is certain.
        let path: Vec<String> = prefix.iter().cloned().chain([last]).collect();
        match self.imports.get(&name) {
            Some(earlier) if *earlier != path => {
                self.imports.remove(&name);
                self.items.insert(name);
            }
            _ => {
                self.imports.insert(name, path);
            }
        }
    }
}

/// Whether a call of the function is certainly a future: `#[tokio::main]` makes it synchronous, and so does `maybe_async`
/// under some features.
pub(crate) fn is_async(attrs: &[Attribute], sig: &Signature) -> bool {
    sig.asyncness.is_some()
        && !attrs.iter().any(|attr| {
            let name = attr.path().segments.last().map(|last| plain_name(&last.ident));
            name.is_some_and(|name| {
                name.contains("maybe_async")
                    || matches!(name.as_str(), "must_be_sync" | "sync_impl" | "main" | "test")
            })
        })
}
