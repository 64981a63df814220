//! The files of a crate, found from its root file.
//!
//! Nothing here opens a file: the caller reads, so that a macro and a command line can each do it their way.

mod declared;

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use syn::File;

use crate::syntax::attributes;

/// The file of a module, as its parent declares or includes it.
///
/// Where the file of `mod name;` is depends on the file that declares it and on `#[path]`, as the Rust Reference
/// says under "Module source filenames".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Module {
    /// The file.
    pub path: PathBuf,
    /// The names from the root of the crate; empty for the root itself.
    pub names: Vec<String>,
    /// Whether the module is compiled for tests only, or belongs to a test or a benchmark.
    pub is_test: bool,
    /// Whether the module is compiled for WebAssembly only.
    pub is_wasm: bool,
    directory: Directory,
}

/// Where the files of the modules that a file declares are.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Directory {
    path: PathBuf,
    /// A file `name.rs` has its modules in `name/`, but its `#[path]`s count from beside itself.
    below: Option<String>,
}

impl Directory {
    fn of_modules(&self) -> PathBuf {
        match &self.below {
            Some(name) => self.path.join(name),
            None => self.path.clone(),
        }
    }

    fn beside(file: &Path, below: Option<String>) -> Self {
        Self { path: file.parent().map(Path::to_owned).unwrap_or_default(), below }
    }
}

impl Module {
    /// The root file of a crate. `is_test` for the crates in `tests/` and `benches/`.
    pub fn root(path: impl Into<PathBuf>, is_test: bool) -> Self {
        let path = path.into();
        let directory = Directory::beside(&path, None);
        Self { path, names: Vec::new(), is_test, is_wasm: false, directory }
    }

    /// Whether all of the parsed file is test code: by its place in the crate, or because it says so itself.
    pub fn is_test(&self, file: &File) -> bool {
        self.is_test || attributes::is_test(&file.attrs)
    }

    /// The modules in other files that this file declares, and the files that it includes by a path that is written out.
    ///
    /// Of the places where the file of one may be, all are given: at most one exists, or one for each platform
    /// with `#[cfg_attr(.., path = "..")]`. Declarations in the arguments of a macro (`cfg_if! { .. }`) count.
    pub fn children(&self, file: &File) -> Vec<Self> {
        declared::children(self, file)
    }
}

/// The path without `..` behind the name of a folder, so that a file has one name. Symbolic links are not looked at.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            Component::CurDir => {}
            component => plain.push(component),
        }
    }
    plain
}

/// The files of a crate that were read, and those that were not understood.
#[derive(Default)]
pub struct Tree {
    /// The files, each before those of the modules that it declares.
    pub files: Vec<Source>,
    /// The files that do not parse.
    pub unparsed: Vec<Unparsed>,
}

/// A file of a crate.
pub struct Source {
    /// Where it belongs.
    pub module: Module,
    /// What stands in it.
    pub text: String,
    /// The same, parsed.
    pub file: File,
}

/// A file that does not parse, with the first thing that the parser did not understand.
#[derive(Debug)]
pub struct Unparsed {
    /// The file.
    pub path: PathBuf,
    /// What the parser says.
    pub error: syn::Error,
}

/// Reads a crate from its root file. `read` gives the text of a file, or `None` if there is none.
///
/// A file that does not parse is noted and left out, with the modules that only it declares. Each file is read once,
/// even if two modules share it.
///
/// ```
/// use std::path::Path;
/// use steadfast_rules::{Module, load};
///
/// let read = |path: &Path| match path.to_str()? {
///     "src/lib.rs" => Some("mod pages; #[cfg(test)] mod tests;".to_owned()),
///     "src/pages.rs" | "src/tests.rs" => Some(String::new()),
///     _ => None,
/// };
/// let tree = load(Module::root("src/lib.rs", false), read);
/// let names: Vec<String> = tree.files.iter().map(|source| source.module.names.join("::")).collect();
/// assert_eq!(names, ["", "pages", "tests"]);
/// assert!(tree.files[2].module.is_test);
/// ```
pub fn load(root: Module, mut read: impl FnMut(&Path) -> Option<String>) -> Tree {
    let mut tree = Tree::default();
    let mut seen = HashSet::new();
    let mut next = vec![root];
    while let Some(module) = next.pop() {
        if !seen.insert(module.path.clone()) {
            continue;
        }
        let Some(text) = read(&module.path) else { continue };
        match syn::parse_file(&text) {
            Ok(file) => {
                next.extend(module.children(&file).into_iter().rev());
                tree.files.push(Source { module, text, file });
            }
            Err(error) => tree.unparsed.push(Unparsed { path: module.path, error }),
        }
    }
    tree
}

#[cfg(test)]
mod tests;
