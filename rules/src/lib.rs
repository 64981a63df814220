//! The rules of Steadfast: source in, findings out.
//!
//! A rule looks at syntax and proposes a finding. Where syntax is enough, the finding is certain. Where it depends
//! on a type, the finding carries a [`Question`] that only the compiler can answer; without the answer it must not
//! be reported. This library knows neither `proc_macro` nor files: the attributes of `steadfast` and
//! `cargo steadfast check` hand it parsed source.
//!
//! ```
//! use steadfast_rules::{Options, check_file};
//!
//! let file = syn::parse_str(
//!     "async fn tick() { std::thread::sleep(std::time::Duration::from_secs(1)); }",
//! )?;
//! let findings = check_file(&file, &Options::default());
//! assert_eq!(findings[0].rule.name, "blocking_sleep");
//! assert!(findings[0].is_certain());
//! # Ok::<(), syn::Error>(())
//! ```

#![forbid(unsafe_code)]

mod blocks;
mod checked;
mod finding;
mod levels;
mod liveness;
mod marked;
mod modules;
mod names;
mod nearest;
mod options;
mod question;
mod registry;
mod rule;
mod rules;
mod summary;
pub mod syntax;
mod walk;
mod words;

pub use blocks::{BlockMut, RootMut, for_each_block_mut};
pub use checked::Checked;
pub use finding::{Finding, Place};
pub use levels::{Levels, UnknownRule};
pub use marked::{FunctionMark, Marked, MarkedNames, is_primitive_type};
pub use modules::{Module, Source, Tree, Unparsed, load};
pub use nearest::{is_slip, nearest};
pub use options::Options;
pub use question::{Anchor, BlockId, Question, QuestionKind, Side, Subject};
pub use registry::{FAMILIES, rule, rules};
pub use rule::{Family, Level, Rule};
pub use summary::Summary;
pub use words::Words;

use syn::{Attribute, Block, File, ImplItem, Item, Signature, TraitItem};

use blocks::Root;
use syntax::macros::MacroTable;

/// Checks all items of a file.
pub fn check_file(file: &File, options: &Options) -> Vec<Finding> {
    check(Root::File(file), options, None)
}

/// Checks all items of a file whose text is at hand as well: rules that wait for words which it does not have need not
/// run. It finds what [`check_file`] finds, in less time.
pub fn check_source(file: &File, source: &str, options: &Options) -> Checked {
    let macros = MacroTable::new();
    walk::walk(Root::File(file), &macros, options, Some(&Words::of_source(source)))
}

/// Checks one item: a function, an `impl` block, a trait or an inline module. With its words, in less time.
pub fn check_item(item: &Item, options: &Options, words: Option<&Words>) -> Vec<Finding> {
    check(Root::Item(item), options, words)
}

/// Checks one item of an `impl` block.
pub fn check_impl_item(item: &ImplItem, options: &Options) -> Vec<Finding> {
    check(Root::ImplItem(item), options, None)
}

/// Checks one item of a trait.
pub fn check_trait_item(item: &TraitItem, options: &Options) -> Vec<Finding> {
    check(Root::TraitItem(item), options, None)
}

/// Checks a function whose parts are at hand, as an attribute on it has them. With the words of all of them, in less time.
pub fn check_function(
    attrs: &[Attribute],
    sig: &Signature,
    block: &Block,
    options: &Options,
    words: Option<&Words>,
) -> Vec<Finding> {
    check(Root::Function { attrs, sig, block }, options, words)
}

/// Whether attributes make an item a test or a benchmark, or compile it for tests only.
pub fn is_test_code(attrs: &[Attribute]) -> bool {
    syntax::attributes::is_test(attrs)
}

/// What the synchronous functions of a file do to the thread that calls them, without a look at anything else.
///
/// Only rules that are on count, and code for tests does not. `source` is the text of the file.
///
/// ```
/// use std::sync::Arc;
///
/// use steadfast_rules::{Options, check_file, summarize};
///
/// let text = "pub fn load() -> String { std::fs::read_to_string(\"a\").unwrap() }";
/// let in_config = Options { module: vec!["config".to_owned()], ..Options::default() };
/// let summary = summarize(&syn::parse_str(text)?, text, &in_config);
///
/// let main = syn::parse_str("use crate::config::load; async fn serve() { load(); }")?;
/// let options = Options { helpers: Arc::new(summary), ..Options::default() };
/// assert_eq!(check_file(&main, &options)[0].rule.name, "transitive_blocking");
/// # Ok::<(), syn::Error>(())
/// ```
pub fn summarize(file: &File, source: &str, options: &Options) -> Summary {
    walk::summarize(Root::File(file), &MacroTable::new(), options, &Words::of_source(source))
}

fn check(root: Root<'_>, options: &Options, words: Option<&Words>) -> Vec<Finding> {
    let macros = MacroTable::new();
    walk::walk(root, &macros, options, words).findings
}
