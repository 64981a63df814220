//! Runs every rule over the sources in `cases/` and over its own examples.
//!
//! In a case a line that ends in `//~ rule` must be reported by that rule for certain, a line that ends in
//! `//? rule` must be reported with a question for the compiler. Several names stand behind one another. Nothing
//! else may be reported, so every function without a mark is one that has to stay silent.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quote::ToTokens;
use steadfast_rules::{
    Family, Finding, Level, Marked, MarkedNames, Options, Words, check_file, check_function, check_source,
    rule, rules,
};
use syn::{Attribute, Block, ImplItem, Item, Signature};

/// What is reported, by line: the names, with `~` or `?` in front.
type Report = BTreeMap<usize, Vec<String>>;

#[test]
fn cases_report_what_they_are_marked_with() {
    let mut differences = Vec::new();
    for path in cases() {
        let source = fs::read_to_string(&path).unwrap();
        let own = name_of(&path);
        let keep = |report: Report| without_others_questions(report, &own);
        let (expected, found) = (keep(marked(&source)), keep(reported(&source, &options_of(&path))));
        for line in expected.keys().chain(found.keys()).copied().collect::<std::collections::BTreeSet<_>>() {
            let (expected, found) = (expected.get(&line), found.get(&line));
            if expected != found {
                let at = format!("{}:{line}", path.display());
                differences.push(format!("{at}\n  marked   {expected:?}\n  reported {found:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
fn with_its_text_at_hand_a_case_reports_the_same() {
    for path in cases() {
        let (source, options) = (fs::read_to_string(&path).unwrap(), options_of(&path));
        let file = syn::parse_file(&source).unwrap();
        let described = |finding: &Finding| {
            (finding.rule.name, finding.level, finding.place.start.start(), finding.is_certain())
        };
        let without: Vec<_> = check_file(&file, &options).iter().map(described).collect();
        let with: Vec<_> = check_source(&file, &source, &options).findings.iter().map(described).collect();
        assert_eq!(with, without, "{}", path.display());
    }
}

#[test]
fn by_the_words_and_signs_of_its_tokens_a_function_reports_the_same() {
    for path in cases() {
        let mut options = Options { sees_module: false, ..options_of(&path) };
        for rule in rules() {
            options = with_level(options, rule.name);
        }
        let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        each_function(&file.items, &mut |attributes, sig, block| {
            let body = block.stmts.iter().map(ToTokens::to_token_stream).collect();
            let front =
                attributes.iter().map(ToTokens::to_token_stream).chain([sig.to_token_stream()]).collect();
            let words = Words::of(&body, &front);
            let names = |words: Option<&Words>| -> Vec<_> {
                let findings = check_function(attributes, sig, block, &options, words);
                findings.iter().map(|finding| finding.rule.name).collect()
            };
            let matter = words.matter(&body, &options);
            let (all, waiting) = (names(None), if matter { names(Some(&words)) } else { Vec::new() });
            assert_eq!(waiting, all, "`{}` in {}", sig.ident, path.display());
        });
    }
}

type OnFunction<'v> = dyn FnMut(&[Attribute], &Signature, &Block) + 'v;

fn each_function(items: &[Item], then: &mut OnFunction<'_>) {
    for item in items {
        match item {
            Item::Fn(function) => then(&function.attrs, &function.sig, &function.block),
            Item::Mod(module) => module.content.iter().for_each(|(_, items)| each_function(items, then)),
            Item::Impl(item) => {
                for item in &item.items {
                    if let ImplItem::Fn(method) = item {
                        then(&method.attrs, &method.sig, &method.block);
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn every_rule_has_a_case_and_more_silent_functions_than_reported_ones() {
    let mut lacking = Vec::new();
    for rule in rules().filter(|rule| rule.family != Family::Meta) {
        let Some(path) = cases().into_iter().find(|path| path.file_stem().unwrap() == rule.name) else {
            lacking.push(format!("`{}` has no case", rule.name));
            continue;
        };
        let (bad, silent) = count(&fs::read_to_string(path).unwrap(), rule.name);
        if bad == 0 || silent < bad {
            lacking.push(format!("`{}`: {bad} functions are reported, {silent} stay silent", rule.name));
        }
    }
    assert!(lacking.is_empty(), "\n{}\n", lacking.join("\n"));
}

#[test]
fn the_examples_of_a_rule_do_what_they_stand_for() {
    for rule in rules() {
        let options = with_level(Options::default(), rule.name);
        let names = |source: &str| {
            let file =
                syn::parse_file(source).unwrap_or_else(|error| panic!("{}: {error}\n{source}", rule.name));
            check_file(&file, &options).into_iter().map(|finding| finding.rule.name).collect::<Vec<_>>()
        };
        assert!(names(rule.bad).contains(&rule.name), "the bad example of `{}` is not reported", rule.name);
        assert!(!names(rule.good).contains(&rule.name), "the good example of `{}` is reported", rule.name);
    }
}

/// A question is no report: in the case of one rule it does not count what another would like to know.
fn without_others_questions(mut report: Report, own: &str) -> Report {
    for names in report.values_mut() {
        names.retain(|name| name.starts_with('~') || name[1..] == *own);
    }
    report.retain(|_, names| !names.is_empty());
    report
}

fn name_of(case: &Path) -> String {
    let stem = case.file_stem().unwrap().to_str().unwrap();
    stem.strip_prefix("macro_").unwrap_or(stem).to_owned()
}

/// A rule that is off is turned on in its own case. A case whose name begins with `macro_` is checked the way a
/// macro does it, without sight of the module.
fn options_of(path: &Path) -> Options {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let name = stem.strip_prefix("macro_").unwrap_or(stem);
    let options = if name == stem { Options::default() } else { Options::for_macro() };
    with_level(options, name)
}

fn with_level(mut options: Options, name: &str) -> Options {
    if name == "configured_blocking_call" {
        options.blocking = vec![
            ("*legacy::*".to_owned(), "use `modern`".to_owned()),
            ("redis::Client::get_secret".to_owned(), String::new()),
        ];
    }
    let only = |names: [&str; 2]| MarkedNames::Only(names.into_iter().map(str::to_owned).collect());
    if name == "blocking_fn_call" {
        options.marked = Arc::new(Marked { blocking: only(["load", "query"]), ..Marked::default() });
    }
    if name == "cancel_unsafe_call" {
        options.marked = Arc::new(Marked { cancel_unsafe: only(["save", "append"]), ..Marked::default() });
    }
    if rule(name).is_some_and(|rule| rule.level == Level::Off) {
        options.levels.set(name, Level::Warn).unwrap();
    }
    options
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = entries(&folder).iter().flat_map(|family| entries(family)).collect();
    cases.sort();
    cases
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn marked(source: &str) -> Report {
    let mut report = Report::new();
    for (index, line) in source.lines().enumerate() {
        for (marker, sign) in [("//~", '~'), ("//?", '?')] {
            let Some((_, names)) = line.split_once(marker) else { continue };
            let names = names.split("//").next().unwrap();
            let names = names.split_whitespace().map(|name| format!("{sign}{name}"));
            report.entry(index + 1).or_default().extend(names);
        }
    }
    for names in report.values_mut() {
        names.sort();
    }
    report
}

fn reported(source: &str, options: &Options) -> Report {
    let mut report = Report::new();
    for finding in check_file(&syn::parse_file(source).unwrap(), options) {
        let sign = if finding.is_certain() { '~' } else { '?' };
        let line = finding.place.start.start().line;
        report.entry(line).or_default().push(format!("{sign}{}", finding.rule.name));
    }
    for names in report.values_mut() {
        names.sort();
    }
    report
}

/// How many functions of a case are reported by the rule, and how many stay silent.
fn count(source: &str, rule: &str) -> (usize, usize) {
    let lines: Vec<&str> = source.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|&line| is_function(lines[line])).collect();
    let mut counts = (0, 0);
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        let marks = marked(&lines[start..end].join("\n"));
        let is_reported = marks.values().flatten().any(|name| &name[1..] == rule);
        if is_reported { counts.0 += 1 } else { counts.1 += 1 }
    }
    counts
}

fn is_function(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take_while(|word| !word.contains('(')).collect();
    words.contains(&"fn") || line.trim_start().starts_with("fn ") || line.contains(" fn ")
}
