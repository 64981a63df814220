//! How a check is done.

use std::sync::Arc;

use crate::levels::Levels;
use crate::marked::Marked;
use crate::summary::Summary;

/// What the caller of a check knows beside the source.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "none of them has to do with another")]
pub struct Options {
    /// The levels of the rules.
    pub levels: Levels,
    /// Whether the given source is all of a module, so that its imports are known. A macro sees an item without
    /// them: a name that it does not know becomes a question.
    pub sees_module: bool,
    /// Whether all of the source is test code, as a file in `tests/` or `benches/` is.
    pub is_test: bool,
    /// Whether all of the source is compiled for WebAssembly only.
    pub is_wasm: bool,
    /// Whether an `allow` that allows nothing is reported. Off for a check that cannot see everything.
    pub unused_allows: bool,
    /// The names under which `steadfast` itself is known, for `#[steadfast::allow(..)]`.
    pub crate_names: Vec<String>,
    /// Further functions, by canonical path, that block the thread, each with the text to write instead.
    pub blocking: Vec<(String, String)>,
    /// Further functions and methods, by their last name, that run a closure where it may block.
    pub offloaders: Vec<String>,
    /// The module that the source stands in, counted from the crate: empty for `lib.rs`, `["config"]` for `config.rs`.
    pub module: Vec<String>,
    /// What is known of the functions of the whole crate.
    pub helpers: Arc<Summary>,
    /// The functions that the compiler is asked about, whether they are marked.
    pub marked: Arc<Marked>,
    /// Every question at every place, and no rule. For tests of the questions.
    #[doc(hidden)]
    pub asks_everything: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            levels: Levels::new(),
            sees_module: true,
            is_test: false,
            is_wasm: false,
            unused_allows: true,
            crate_names: vec!["steadfast".to_owned()],
            blocking: Vec::new(),
            offloaders: Vec::new(),
            module: Vec::new(),
            helpers: Arc::new(Summary::default()),
            marked: Arc::default(),
            asks_everything: false,
        }
    }
}

impl Options {
    /// The options of a macro, which sees an item without its module.
    #[must_use]
    pub fn for_macro() -> Self {
        Self { sees_module: false, ..Self::default() }
    }
}
