//! Every rule that is on by default has a case that does not compile, or warns.

use std::fs;
use std::path::{Path, PathBuf};

use steadfast_rules::{Level, rules};

/// What rustc says about the cases below a folder.
fn said(folder: &Path) -> String {
    let entries = fs::read_dir(folder).expect("a folder of cases can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.sort();
    let mut said = String::new();
    for path in paths {
        if path.is_dir() {
            said.push_str(&self::said(&path));
        } else if path.extension().is_some_and(|extension| extension == "stderr") {
            said.push_str(&fs::read_to_string(path).expect("what rustc says is text"));
        }
    }
    said
}

#[test]
fn every_rule_that_is_on_has_a_case() {
    let said = said(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"));
    let missing: Vec<&str> = rules()
        .filter(|rule| rule.level > Level::Off && !said.contains(&rule.footer()))
        .map(|rule| rule.name)
        .collect();
    assert!(missing.is_empty(), "no case below ui-tests/rules/*/fail for {missing:?}");
}
