//! What a path means.

use proc_macro2::Ident;
use syn::{Expr, Path};

use super::imports::Module;
use super::scope::{Local, Mark, Scope};
use crate::syntax::plain_name;

/// Crates that rules know. Their names at the beginning of a path mean them, unless something in scope has the
/// same name.
const KNOWN_CRATES: [&str; 37] = [
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
const LONGEST_CHAIN: usize = 4;

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
}

/// All names in scope at a point of the walk.
pub(crate) struct Names<'a> {
    /// Modules and blocks with items, innermost last.
    modules: Vec<Layer<'a>>,
    pub(crate) scope: Scope<'a>,
    /// The type whose `impl` is walked.
    pub(crate) self_type: Option<String>,
    /// The names of `async` methods of the type whose `impl` is walked.
    pub(crate) async_methods: Vec<String>,
    /// Type parameters in scope, with a trait that they have.
    pub(crate) bounds: Vec<(String, String)>,
    /// Whether the imports of the enclosing module are given. A macro on a function sees none.
    sees_module: bool,
}

struct Layer<'a> {
    module: Module<'a>,
    /// A block sees the names around it; a module does not.
    is_block: bool,
}

/// What one name means.
enum Entry<'n> {
    Import(&'n [String]),
    Item,
}

impl<'a> Names<'a> {
    pub(crate) fn new(sees_module: bool) -> Self {
        Self {
            modules: Vec::new(),
            scope: Scope::default(),
            self_type: None,
            async_methods: Vec::new(),
            bounds: Vec::new(),
            sees_module,
        }
    }

    pub(crate) fn enter(&mut self, module: Module<'a>, is_block: bool) {
        self.modules.push(Layer { module, is_block });
    }

    pub(crate) fn leave(&mut self) {
        self.modules.pop();
    }

    /// Whether all imports of the module are visible, so that an unknown name is certainly not a known item.
    pub(crate) fn sees_module(&self) -> bool {
        self.sees_module || self.modules.iter().any(|layer| !layer.is_block)
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
        self.resolve_segments(segments, LONGEST_CHAIN)
    }

    fn resolve_segments(&self, segments: Vec<String>, chain: usize) -> Target {
        let Some(first) = segments.first() else { return Target::Own };
        if matches!(first.as_str(), "crate" | "self" | "super" | "Self") {
            return Target::Own;
        }
        match self.lookup(first) {
            Some(Entry::Item) => Target::Own,
            Some(Entry::Import(path)) if path.first() == Some(first) => {
                // `use tokio;`, or the name of a crate in front.
                Target::Known(canonical(&[path, &segments[1..]].concat()))
            }
            Some(Entry::Import(path)) if chain > 0 => {
                self.resolve_segments([path, &segments[1..]].concat(), chain - 1)
            }
            Some(Entry::Import(_)) => Target::Own,
            None if self.is_crate(&segments) => Target::Known(canonical(&segments)),
            None => Target::Unseen(segments.join("::")),
        }
    }

    /// Whether the path begins with the name of a crate, given that nothing in scope has its first name.
    fn is_crate(&self, segments: &[String]) -> bool {
        segments.len() > 1 && segments.first().is_some_and(|first| KNOWN_CRATES.contains(&first.as_str()))
    }

    fn lookup(&self, name: &str) -> Option<Entry<'_>> {
        let mut index = self.modules.len();
        while index > 0 {
            index -= 1;
            let layer = &self.modules[index];
            if let Some(path) = layer.module.imports.get(name) {
                return Some(Entry::Import(path));
            }
            if layer.module.items.contains(name) {
                return Some(Entry::Item);
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

    /// The shortest name in scope for the item with this path: `time::sleep` behind `use tokio::time;`.
    pub(crate) fn in_scope(&self, path: &str) -> String {
        let mut best = path.to_owned();
        let mut innermost_first = self.modules.iter().rev();
        while let Some(layer) = innermost_first.next() {
            for (name, import) in &layer.module.imports {
                let import = import.join("::");
                if let Some(rest) = path.strip_prefix(&import) {
                    let short = format!("{name}{rest}");
                    if (rest.is_empty() || rest.starts_with("::")) && short.len() < best.len() {
                        best = short;
                    }
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

    /// Whether all variables that `expr` mentions were in scope at `mark` already.
    pub(crate) fn is_older(&self, expr: &Expr, mark: Mark) -> bool {
        let mut older = true;
        each_path(expr, &mut |path| {
            if let Some(name) = path.get_ident().map(plain_name) {
                older &= self.scope.get(&name).is_none() || self.scope.is_older(&name, mark);
            }
        });
        older
    }
}

fn each_path<'e>(expr: &'e Expr, visit: &mut dyn FnMut(&'e Path)) {
    if let Expr::Path(path) = expr {
        visit(&path.path);
    }
    crate::syntax::operands(expr, &mut |operand| each_path(operand, visit));
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
