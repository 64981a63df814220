//! What a path means.

use proc_macro2::Ident;
use syn::Path;

use super::imports::Module;
use super::scope::{Local, Scope};
use crate::options::Options;
use crate::syntax::plain_name;

/// Crates that rules know. Their names at the beginning of a path mean them, unless something in scope has the
/// same name.
const KNOWN_CRATES: &[&str] = &[
    "std",
    "core",
    "alloc",
    "tokio",
    "tokio_util",
    "tokio_stream",
    "futures",
    "futures_util",
    "futures_executor",
    "reqwest",
    "ureq",
    "minreq",
    "attohttpc",
    "bcrypt",
    "argon2",
    "scrypt",
    "pbkdf2",
    "rayon",
    "pollster",
    "smol",
    "async_std",
    "async_io",
    "blocking",
    "actix_web",
    "actix_rt",
    "rusqlite",
    "postgres",
    "redis",
    "r2d2",
    "diesel",
    "diesel_async",
    "sled",
    "futures_lite",
    "parking_lot",
    "spin",
    "tracing",
    "crossbeam",
    "crossbeam_channel",
    "flume",
    "tokio_rayon",
    "dashmap",
    "hyper",
    "tonic",
];

/// Longest chain of imports of imports that is followed.
pub(super) const LONGEST_CHAIN: usize = 4;

/// What a path means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Target {
    /// The item with this path, counted from its crate.
    Known(String),
    /// Something of the crate under check, a local variable included.
    Own,
    /// Something that the given source does not tell. The path as written.
    Unseen(String),
}

impl Target {
    /// The path from the crate, if it is known.
    pub(crate) fn known(&self) -> Option<&str> {
        match self {
            Self::Known(path) => Some(path),
            Self::Own | Self::Unseen(_) => None,
        }
    }

    /// The path from the crate, or as written if nothing is known about it.
    pub(crate) fn path(&self) -> Option<&str> {
        match self {
            Self::Known(path) | Self::Unseen(path) => Some(path),
            Self::Own => None,
        }
    }
}

/// All names in scope at a point of the walk.
pub(crate) struct Names<'a> {
    /// Modules and blocks with items, innermost last.
    pub(super) modules: Vec<Layer<'a>>,
    /// The module that is walked, counted from the crate.
    pub(crate) module: Vec<String>,
    pub(crate) scope: Scope<'a>,
    /// The type whose `impl` is walked.
    pub(crate) self_type: Option<String>,
    /// The names of `async` methods of the type whose `impl` is walked.
    pub(crate) async_methods: Vec<String>,
    /// Type parameters in scope, with a trait that they have.
    pub(crate) bounds: Vec<(String, String)>,
}

pub(super) struct Layer<'a> {
    pub(super) module: Module<'a>,
    /// A block sees the names around it; a module does not.
    pub(super) is_block: bool,
    /// How many names lead from the crate to the module.
    depth: usize,
}

/// What one name means.
enum Entry<'n> {
    Import(&'n [String]),
    Item,
}

impl<'a> Names<'a> {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            modules: Vec::new(),
            module: options.module.clone(),
            scope: Scope::default(),
            self_type: None,
            async_methods: Vec::new(),
            bounds: Vec::new(),
        }
    }

    pub(crate) fn enter(&mut self, module: Module<'a>, is_block: bool) {
        self.modules.push(Layer { module, is_block, depth: self.module.len() });
    }

    pub(crate) fn leave(&mut self) {
        self.modules.pop();
    }

    pub(crate) fn resolve(&self, path: &Path) -> Target {
        let segments: Vec<String> = path.segments.iter().map(|segment| plain_name(&segment.ident)).collect();
        if path.leading_colon.is_some() {
            return Target::Known(canonical(&segments));
        }
        if let [only] = segments.as_slice() {
            if self.scope.get(only).is_some() {
                return Target::Own;
            }
        }
        self.resolve_segments(&segments, LONGEST_CHAIN)
    }

    fn resolve_segments(&self, segments: &[String], chain: usize) -> Target {
        let Some(first) = segments.first() else { return Target::Own };
        if matches!(first.as_str(), "crate" | "self" | "super" | "Self") {
            return Target::Own;
        }
        match self.lookup(first) {
            Some(Entry::Import(path)) if path.first() == Some(first) => {
                // `use tokio;`, or the name of a crate in front.
                Target::Known(canonical(&[path, &segments[1..]].concat()))
            }
            Some(Entry::Import(path)) if chain > 0 => {
                self.resolve_segments(&[path, &segments[1..]].concat(), chain - 1)
            }
            Some(Entry::Import(_) | Entry::Item) => Target::Own,
            None if is_crate(segments) => Target::Known(canonical(segments)),
            None => Target::Unseen(segments.join("::")),
        }
    }

    fn lookup(&self, name: &str) -> Option<Entry<'_>> {
        let layer = self.layer_of(name)?;
        Some(layer.module.imports.get(name).map_or(Entry::Item, |path| Entry::Import(path)))
    }

    /// The module or block that the name comes from.
    fn layer_of(&self, name: &str) -> Option<&Layer<'a>> {
        for layer in self.modules.iter().rev() {
            if layer.module.imports.contains_key(name) || layer.module.items.contains(name) {
                return Some(layer);
            }
            let sees_parent = layer.module.globs.iter().any(|glob| glob.as_slice() == ["super"]);
            if !layer.is_block && !sees_parent {
                return None;
            }
        }
        None
    }

    /// Whether the path means an `async` function that is declared in the source at hand.
    pub(crate) fn is_own_async_function(&self, path: &Path) -> bool {
        let Some(name) = path.get_ident().map(plain_name) else { return false };
        if self.scope.get(&name).is_some() {
            return false;
        }
        for layer in self.modules.iter().rev() {
            if layer.module.async_functions.contains(&name) {
                return true;
            }
            if layer.module.items.contains(&name)
                || layer.module.imports.contains_key(&name)
                || !layer.is_block
            {
                return false;
            }
        }
        false
    }

    /// The function that is declared in the source at hand and that the path means.
    pub(crate) fn own_function(&self, path: &Path) -> Option<&'a syn::Signature> {
        let name = plain_name(path.get_ident()?);
        self.declared(&name, |module| module.functions.get(&name).copied())
    }

    /// The type of the constant that is declared in the source at hand and that the path means.
    pub(crate) fn own_constant(&self, path: &Path) -> Option<&'a syn::Type> {
        let name = plain_name(path.get_ident()?);
        self.declared(&name, |module| module.constants.get(&name).copied())
    }

    /// The item of this name, unless something else of that name is nearer.
    fn declared<T>(&self, name: &str, find: impl Fn(&Module<'a>) -> Option<T>) -> Option<T> {
        if self.scope.get(name).is_some() {
            return None;
        }
        for layer in self.modules.iter().rev() {
            if let Some(found) = find(&layer.module) {
                return Some(found);
            }
            let sees_parent = layer.module.globs.iter().any(|glob| glob.as_slice() == ["super"]);
            if layer.module.items.contains(name)
                || layer.module.imports.contains_key(name)
                || !layer.is_block && !sees_parent
            {
                return None;
            }
        }
        None
    }

    /// The path from `crate` of the item of this crate that a path means, as far as the source at hand tells.
    pub(crate) fn absolute(&self, path: &Path) -> Option<String> {
        let segments: Vec<String> = path.segments.iter().map(|segment| plain_name(&segment.ident)).collect();
        let is_local = matches!(segments.as_slice(), [only] if self.scope.get(only).is_some());
        if path.leading_colon.is_some() || is_local {
            return None;
        }
        self.absolute_segments(&segments, self.module.len(), LONGEST_CHAIN)
    }

    /// The path from `crate` of a method of the type whose `impl` is walked.
    pub(crate) fn absolute_method(&self, name: &str) -> Option<String> {
        Some(self.below_crate(self.module.len(), &[self.self_type.clone()?, name.to_owned()]))
    }

    /// The path from `crate` of a function that the module at hand declares.
    pub(crate) fn absolute_function(&self, name: &str) -> String {
        self.below_crate(self.module.len(), &[name.to_owned()])
    }

    /// `segments`, as written in the module that `depth` names lead to.
    fn absolute_segments(&self, segments: &[String], depth: usize, chain: usize) -> Option<String> {
        let (first, rest) = segments.split_first()?;
        match first.as_str() {
            "crate" => Some(segments.join("::")),
            "self" if !rest.is_empty() => Some(self.below_crate(depth, rest)),
            "super" if rest.first().is_some_and(|next| next == "super") => {
                self.absolute_segments(rest, depth.checked_sub(1)?, chain)
            }
            "super" => Some(self.below_crate(depth.checked_sub(1)?, rest)),
            "Self" => Some(self.below_crate(depth, &[&[self.self_type.clone()?], rest].concat())),
            _ => {
                let layer = self.layer_of(first)?;
                match layer.module.imports.get(first) {
                    Some(path) if chain > 0 && path.first() != Some(first) => {
                        self.absolute_segments(&[path, rest].concat(), layer.depth, chain - 1)
                    }
                    Some(_) => None,
                    None if layer.is_block => None,
                    None => Some(self.below_crate(layer.depth, segments)),
                }
            }
        }
    }

    fn below_crate(&self, depth: usize, rest: &[String]) -> String {
        let module = self.module.get(..depth).unwrap_or_default();
        std::iter::once("crate")
            .chain(module.iter().chain(rest).map(String::as_str))
            .collect::<Vec<_>>()
            .join("::")
    }

    /// Whether something in scope is imported by this path, under whatever name.
    pub(crate) fn imports(&self, path: &str) -> bool {
        self.modules.iter().any(|layer| {
            layer.module.imports.values().any(|import| import.iter().map(String::as_str).eq(path.split("::")))
        })
    }

    /// Whether everything in the module of this path is imported.
    pub(crate) fn imports_all_of(&self, path: &str) -> bool {
        self.modules.iter().any(|layer| {
            layer.module.globs.iter().any(|glob| glob.iter().map(String::as_str).eq(path.split("::")))
        })
    }

    /// Whether the source at hand declares a `main` that is no `async` function.
    pub(crate) fn has_synchronous_main(&self) -> bool {
        let declares =
            |module: &Module<'a>| module.functions.get("main").is_some_and(|main| main.asyncness.is_none());
        self.modules.iter().any(|layer| declares(&layer.module))
    }

    /// The shortest name in scope for the item with this path: `time::sleep` behind `use tokio::time;`.
    pub(crate) fn in_scope(&self, path: &str) -> String {
        let mut best = path.to_owned();
        for layer in self.modules.iter().rev() {
            for (name, import) in &layer.module.imports {
                let Some(rest) = path.strip_prefix(&import.join("::")) else { continue };
                let short = format!("{name}{rest}");
                // Of two equally short ones always the same, whatever the order of the imports.
                let is_shorter = (short.len(), &short) < (best.len(), &best);
                if (rest.is_empty() || rest.starts_with("::")) && is_shorter {
                    best = short;
                }
            }
            if !layer.is_block {
                break;
            }
        }
        best
    }

    pub(crate) fn local(&self, ident: &Ident) -> Option<&Local<'a>> {
        self.scope.get(&plain_name(ident))
    }

    /// The declared type of `self.field`, as written.
    pub(crate) fn field_type(&self, field: &str) -> Option<&'a syn::Type> {
        let self_type = self.self_type.as_ref()?;
        self.modules.iter().rev().find_map(|layer| layer.module.fields.get(self_type)?.get(field).copied())
    }
}

/// Whether the path begins with the name of a crate, given that nothing in scope has its first name.
fn is_crate(segments: &[String]) -> bool {
    segments.len() > 1 && segments.first().is_some_and(|first| is_known_crate(first))
}

/// Whether rules know the crate of this name.
pub(crate) fn is_known_crate(name: &str) -> bool {
    KNOWN_CRATES.contains(&name)
}

/// The one path of an item that has several.
fn canonical(segments: &[String]) -> String {
    let mut path = segments.join("::");
    for (written, meant) in ALIASES {
        let rest = path.strip_prefix(written);
        if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with("::")) {
            path = format!("{meant}{rest}");
        }
    }
    path
}

/// Re-exports that rules come across. Earlier ones apply first.
const ALIASES: [(&str, &str); 6] = [
    ("core", "std"),
    ("alloc", "std"),
    ("futures_util", "futures"),
    ("futures_executor", "futures::executor"),
    ("tokio::task::spawn", "tokio::spawn"),
    ("crossbeam::channel", "crossbeam_channel"),
];
