//! The names of all functions that may be marked, in this crate and in those that it depends on.
//!
//! To ask the compiler about each call would double the time that `cargo check` takes. So the marks are looked for in the
//! sources first, and only calls of these names are asked about. Where a source cannot be found, every name may be
//! marked.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use steadfast_rules::MarkedNames;

use super::packages;

/// The names, which are looked for once in a run of the compiler.
pub(crate) fn marked_names() -> Arc<MarkedNames> {
    static NAMES: OnceLock<Arc<MarkedNames>> = OnceLock::new();
    let find = || {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR");
        Arc::new(manifest.map_or(MarkedNames::Any, |folder| below(Path::new(&folder))))
    };
    Arc::clone(NAMES.get_or_init(find))
}

/// The names in the package in `folder`, and in the packages that it depends on.
fn below(folder: &Path) -> MarkedNames {
    let Some(sources) = packages::with_marks(folder) else { return MarkedNames::Any };
    let mut names = HashSet::new();
    let all_known = sources.iter().all(|source| in_folder(source, &mut names));
    if !all_known {
        MarkedNames::Any
    } else if names.is_empty() {
        MarkedNames::None
    } else {
        MarkedNames::Only(names)
    }
}

/// Adds the names in a file, or in all files of a folder. Whether each of them is known.
fn in_folder(path: &Path, names: &mut HashSet<String>) -> bool {
    let Ok(entries) = fs::read_dir(path) else {
        return fs::read_to_string(path).is_ok_and(|text| in_text(&text, names));
    };
    entries.flatten().all(|entry| {
        let path = entry.path();
        let name = entry.file_name();
        let is_hidden = name.to_string_lossy().starts_with('.');
        if is_hidden || name == "target" {
            return true;
        }
        // A package inside of this one is another one.
        let is_source = path.extension().is_some_and(|extension| extension == "rs");
        let is_folder = path.is_dir() && !path.join("Cargo.toml").exists();
        !(is_source || is_folder) || in_folder(&path, names)
    })
}

/// Adds the names behind each `blocking` in a text that may be the attribute: rather too many than too few. Whether each
/// of them is known.
fn in_text(text: &str, names: &mut HashSet<String>) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find("blocking") {
        rest = &rest[at + "blocking".len()..];
        // `#[blocking]`, `#[blocking(inherent)]`, `#[cfg_attr(unix, blocking)]`, `use steadfast::blocking as slow;`
        let is_attribute = rest.trim_start().starts_with([']', '(', ')', ',']);
        let is_renamed = rest.starts_with(" as ");
        if is_renamed {
            return false;
        }
        if !is_attribute {
            continue;
        }
        match declared(rest) {
            Declared::Named(name) => {
                names.insert(name.to_owned());
            }
            Declared::ByMacro => return false,
            Declared::Nothing => {}
        }
    }
    true
}

enum Declared<'a> {
    Named(&'a str),
    /// Its name is an argument of the macro that writes the function.
    ByMacro,
    Nothing,
}

/// The function that comes next, unless another item or block ends before.
fn declared(text: &str) -> Declared<'_> {
    let mut before = "";
    for word in text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_' || c == '#')) {
        let name = word.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
        if before == "fn" {
            return match word.chars().next() {
                Some('$') => Declared::ByMacro,
                Some(c) if c.is_alphabetic() || c == '_' => Declared::Named(name.trim_start_matches("r#")),
                _ => continue,
            };
        }
        if word.ends_with(['{', '}', ';']) && before != "crate" {
            return Declared::Nothing;
        }
        before = name;
    }
    Declared::Nothing
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::in_text;

    fn names(text: &str) -> Option<Vec<String>> {
        let mut names = HashSet::new();
        let known = in_text(text, &mut names);
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort();
        known.then_some(names)
    }

    #[test]
    fn finds_the_name_behind_each_mark() {
        for (text, expected) in [
            ("#[blocking]\npub fn load() {}", &["load"][..]),
            ("#[steadfast::blocking(inherent)] #[must_use] pub(crate) fn save<T>(t: T) {}", &["save"]),
            ("#[cfg_attr(unix, blocking)]\n/// Text.\nfn r#type() {}", &["type"]),
            ("#[blocking]\npub const unsafe extern \"C\" fn low() {}", &["low"]),
            (
                "impl A { #[blocking] fn one(&self) {} fn two() {} #[blocking] fn three(&self); }",
                &["one", "three"],
            ),
            ("use steadfast::blocking; fn other() {}", &[]),
            ("let c = reqwest::blocking::Client::new(); fn other() {}", &[]),
            ("tokio::task::spawn_blocking(f); fn other() {}", &[]),
            ("use steadfast::{blocking, checked}; fn other() {}", &[]),
            ("#[blocking(crate = \"a::b\")] fn load() {}", &["load"]),
            ("#[blocking]\nfn\nnext_line() {}", &["next_line"]),
        ] {
            let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
            assert_eq!(names(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_name_that_a_macro_makes_may_be_any() {
        assert_eq!(names("#[blocking] fn $name() {}"), None);
        assert_eq!(names("use steadfast::blocking as slow; #[slow] fn load() {}"), None);
    }
}
