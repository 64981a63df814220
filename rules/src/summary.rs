//! What the functions of a crate do to those that call them.

use std::collections::HashMap;

use crate::marked::FunctionMark;

/// The functions of a crate that block the thread they are called on or have a mark, by their paths from `crate`.
///
/// A file is summed up with [`summarize`](crate::summarize), and the summaries of a crate's files are
/// [merged](Self::merge). A check that is given the summary in [`Options::helpers`](crate::Options::helpers) reports
/// what async code does with these functions, wherever they stand.
#[derive(Clone, Default, Debug)]
pub struct Summary {
    /// All functions. Two of one name, as behind different `cfg`s, are one that nothing is known about.
    functions: HashMap<String, Deed>,
}

/// What a function does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Deed {
    /// Nothing that is known to block.
    Nothing,
    /// It blocks, for this reason: `` `std::fs::read` blocks ``.
    Blocks(String),
    /// It has this mark.
    Marked(FunctionMark),
}

impl Summary {
    /// Adds the functions of another file of the same crate.
    pub fn merge(&mut self, other: Self) {
        for (path, deed) in other.functions {
            self.add(path, deed);
        }
    }

    /// Whether one of these functions, by their paths from `crate`, is known to block or has a mark.
    pub fn tells<'p>(&self, paths: impl IntoIterator<Item = &'p String>) -> bool {
        let is_told = |path: &String| self.functions.get(path).is_some_and(|deed| *deed != Deed::Nothing);
        paths.into_iter().any(is_told)
    }

    /// Whether nothing is known of any function.
    pub fn is_empty(&self) -> bool {
        self.functions.values().all(|deed| *deed == Deed::Nothing)
    }

    pub(crate) fn get(&self, path: &str) -> Option<&Deed> {
        self.functions.get(path)
    }

    pub(crate) fn add(&mut self, path: String, deed: Deed) {
        let known = self.functions.entry(path);
        known.and_modify(|known| *known = Deed::Nothing).or_insert(deed);
    }

    /// The function `path` does what it was not known to do.
    pub(crate) fn note(&mut self, path: &str, deed: Deed) {
        if let Some(known) = self.functions.get_mut(path).filter(|known| **known == Deed::Nothing) {
            *known = deed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Summary;
    use crate::rules::blocking::SUMMED_UP;
    use crate::{Options, summarize};

    fn sum_up(source: &str) -> Summary {
        summarize(&syn::parse_str(source).unwrap(), source, &Options::default())
    }

    fn blocking(summary: &Summary) -> Vec<String> {
        let mut paths: Vec<String> = summary
            .functions
            .iter()
            .filter(|(_, deed)| **deed != super::Deed::Nothing)
            .map(|(path, _)| path.clone())
            .collect();
        paths.sort();
        paths
    }

    #[test]
    fn knows_functions_and_methods_by_their_paths() {
        let summary = sum_up(
            "fn free() { std::fs::read(p); }
             mod inner { pub fn deep() { std::thread::sleep(d); } }
             impl Store { fn load(&self) { std::fs::read(p); } fn len(&self) -> usize { 0 } }
             async fn asynchronous() { std::fs::read(p); }",
        );
        assert_eq!(blocking(&summary), ["crate::Store::load", "crate::free", "crate::inner::deep"]);
    }

    #[test]
    fn two_functions_of_one_name_tell_nothing() {
        let twice = "#[cfg(unix)] fn read() { std::fs::read(p); } #[cfg(windows)] fn read() {}";
        assert!(sum_up(twice).is_empty());
        let mut merged = sum_up("fn read() { std::fs::read(p); }");
        merged.merge(sum_up("fn read() {}"));
        assert!(merged.is_empty());
    }

    #[test]
    fn what_a_rule_reports_in_async_code_makes_a_function_block() {
        for rule in SUMMED_UP {
            let synchronous = rule.bad.replace("async fn", "fn");
            assert!(!sum_up(&synchronous).is_empty(), "{}: {synchronous}", rule.name);
        }
    }

    #[test]
    fn tells_whether_one_of_some_functions_blocks() {
        let summary = sum_up("pub fn load() { std::fs::read(p); } pub fn parse() {}");
        let paths = |names: &[&str]| names.iter().map(|name| format!("crate::{name}")).collect::<Vec<_>>();
        assert!(summary.tells(&paths(&["parse", "load"])));
        assert!(!summary.tells(&paths(&["parse", "store"])));
    }

    #[test]
    fn what_runs_elsewhere_or_is_allowed_does_not_count() {
        for source in [
            "fn f() { std::thread::spawn(|| std::fs::read(p)); }",
            "fn f() -> impl Future { async { std::fs::read(p) } }",
            "fn f() { fn inner() { std::fs::read(p); } }",
            "fn f() { keep(|| std::fs::read(p)); }",
            "#[cfg(test)] fn f() { std::fs::read(p); }",
            "#[steadfast::allow(blocking_fs, reason = \"small\")] fn f() { std::fs::read(p); }",
        ] {
            assert!(sum_up(source).is_empty(), "{source}");
        }
    }
}
