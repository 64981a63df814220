//! The names of all functions that may be marked, in this crate and in those that it depends on.
//!
//! To ask the compiler about each call would double the time that `cargo check` takes. So the marks are looked for in the
//! sources first, with the names that imports give them, and only calls of these names are asked about. Where a source
//! cannot be found, every name may be marked.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use steadfast_rules::{FunctionMark, Marked, MarkedNames};

use super::packages;

/// The names that were found for a mark; `None` if any name may have it.
type Names = Option<HashSet<String>>;

/// The names, which are looked for once in a run of the compiler.
pub(crate) fn marked() -> Arc<Marked> {
    static MARKED: OnceLock<Arc<Marked>> = OnceLock::new();
    let find = || {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR");
        Arc::new(manifest.and_then(|folder| below(Path::new(&folder))).unwrap_or(ANY))
    };
    Arc::clone(MARKED.get_or_init(find))
}

/// Of no name is it known that no function has it.
pub(crate) const ANY: Marked = Marked { blocking: MarkedNames::Any, cancel_unsafe: MarkedNames::Any };

/// The names in the package in `folder`, and in the packages that it depends on. `None` if some source cannot be read.
fn below(folder: &Path) -> Option<Marked> {
    let mut found = FunctionMark::ALL.map(|mark| (mark, Some(HashSet::new())));
    let mut renamed = Vec::new();
    for source in packages::with_marks(folder)? {
        each_text(&source, &mut |text| {
            for (mark, names) in &mut found {
                in_text(text, mark.attribute(), names);
            }
            each_rename(text, &mut |from, to| renamed.push((from.to_owned(), to.to_owned())));
        })?;
    }
    let [blocking, cancel_unsafe] = found.map(|(_, names)| match names {
        None => MarkedNames::Any,
        Some(names) if names.is_empty() => MarkedNames::None,
        Some(names) => MarkedNames::Only(with_renamed(names, &renamed)),
    });
    Some(Marked { blocking, cancel_unsafe })
}

/// The names, and those that imports give them.
fn with_renamed(mut names: HashSet<String>, renamed: &[(String, String)]) -> HashSet<String> {
    loop {
        let more = renamed.iter().filter(|(from, to)| names.contains(from) && !names.contains(to));
        let more: Vec<String> = more.map(|(_, to)| to.clone()).collect();
        if more.is_empty() {
            return names;
        }
        names.extend(more);
    }
}

/// Hands on both names of each `from as to` in a text, conversions included.
fn each_rename(text: &str, see: &mut dyn FnMut(&str, &str)) {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    for (at, _) in text.match_indices(" as ") {
        let (before, behind) = (text[..at].trim_end(), text[at + 4..].trim_start());
        let from = &before[before.trim_end_matches(is_name).len()..];
        let behind = behind.strip_prefix("r#").unwrap_or(behind);
        let to = &behind[..behind.len() - behind.trim_start_matches(is_name).len()];
        if !from.is_empty() && !to.is_empty() {
            see(from, to);
        }
    }
}

/// Hands on the text of a file, or of all files of a folder. `None` if one cannot be read.
fn each_text(path: &Path, see: &mut dyn FnMut(&str)) -> Option<()> {
    let Ok(entries) = fs::read_dir(path) else {
        see(&fs::read_to_string(path).ok()?);
        return Some(());
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') || name == "target" {
            continue;
        }
        // A package inside of this one is another one.
        let is_source = path.extension().is_some_and(|extension| extension == "rs");
        if is_source || path.is_dir() && !path.join("Cargo.toml").exists() {
            each_text(&path, see)?;
        }
    }
    Some(())
}

/// Adds the names behind each `attribute` in a text that may be the attribute: rather too many than too few.
fn in_text(text: &str, attribute: &str, names: &mut Names) {
    let mut rest = text;
    while let Some(at) = rest.find(attribute) {
        rest = &rest[at + attribute.len()..];
        // `#[blocking]`, `#[blocking(inherent)]`, `#[cfg_attr(unix, blocking)]`, `use steadfast::blocking as slow;`
        let is_attribute = rest.trim_start().starts_with([']', '(', ')', ',']);
        if rest.starts_with(" as ") {
            *names = None;
        }
        if !is_attribute {
            continue;
        }
        match declared(rest) {
            Declared::Named(name) => {
                if let Some(names) = names {
                    names.insert(name.to_owned());
                }
            }
            Declared::ByMacro => *names = None,
            Declared::Nothing => {}
        }
    }
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
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    for word in
        lines.flat_map(|line| line.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_' || c == '#')))
    {
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

    use super::{each_rename, in_text, with_renamed};

    fn names(text: &str) -> Option<Vec<String>> {
        names_of(text, "blocking")
    }

    fn names_of(text: &str, attribute: &str) -> Option<Vec<String>> {
        let mut names = Some(HashSet::new());
        in_text(text, attribute, &mut names);
        let mut names: Vec<String> = names?.into_iter().collect();
        names.sort();
        Some(names)
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
            ("#[blocking]\n/// Loads; then\n// {fn nothing()}\nfn load() {}", &["load"]),
        ] {
            let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
            assert_eq!(names(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn each_mark_has_names_of_its_own() {
        let text = "#[cancel_unsafe] pub async fn save() {} #[blocking] fn load() {} allow(cancel_unsafe_call); fn f() {}";
        assert_eq!(names_of(text, "cancel_unsafe"), Some(vec!["save".to_owned()]));
        assert_eq!(names(text), Some(vec!["load".to_owned()]));
    }

    #[test]
    fn a_name_may_be_given_another_by_imports() {
        let text = "pub use inner::load as fetch;\nuse a::{fetch as r#get, save as put, other as load2};\nlet x = load as u8;";
        let mut renamed = Vec::new();
        each_rename(text, &mut |from, to| renamed.push((from.to_owned(), to.to_owned())));
        let mut names: Vec<String> =
            with_renamed(HashSet::from(["load".to_owned()]), &renamed).into_iter().collect();
        names.sort();
        assert_eq!(names, ["fetch", "get", "load", "u8"]);
    }

    #[test]
    fn a_name_that_a_macro_makes_may_be_any() {
        assert_eq!(names("#[blocking] fn $name() {}"), None);
        assert_eq!(names("use steadfast::blocking as slow; #[slow] fn load() {}"), None);
    }
}
