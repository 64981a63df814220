//! The rules themselves: `explain`, `rules`, and the pages of the documentation.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use steadfast_rules::{FAMILIES, Level, Levels, Rule, rule};

use crate::failure::{Done, Failure};
use crate::output::print;

/// `cargo steadfast explain RULE`
pub(crate) fn explain(name: &str) -> Done {
    // Only to see whether there is such a rule.
    Levels::new().set(name, Level::Off).map_err(|unknown| Failure::unknown_rule(&unknown))?;
    if let Some(rule) = rule(name) {
        print(&page(rule))?;
    }
    Ok(true)
}

/// `cargo steadfast rules`
pub(crate) fn list() -> Done {
    let widest = steadfast_rules::rules().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for family in families() {
        let _ = writeln!(text, "{}", family[0].family.title());
        for rule in family {
            let _ = writeln!(text, "  {:widest$}  {:5}  {}", rule.name, level(rule), rule.summary);
        }
        text.push('\n');
    }
    text.push_str("`cargo steadfast explain RULE` says more about one.\n");
    print(&text)?;
    Ok(true)
}

/// `cargo steadfast rules --markdown FOLDER`: one page for each rule and an index. Pages of rules that are gone go.
pub(crate) fn write(folder: &Path) -> Done {
    fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    let pages = pages();
    for name in pages_in(folder)?.difference(&pages.keys().cloned().collect()) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|error| Failure::file(&path, &error))?;
    }
    for (name, text) in &pages {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| Failure::file(&path, &error))?;
    }
    print(&format!("{} pages in {}\n", pages.len(), folder.display()))?;
    Ok(true)
}

/// `cargo steadfast rules --markdown FOLDER --check`: whether [`write`](fn@write) would change anything.
pub(crate) fn compare(folder: &Path) -> Done {
    let pages = pages();
    let mut stale: Vec<String> =
        pages_in(folder)?.into_iter().filter(|name| !pages.contains_key(name)).collect();
    for (name, text) in &pages {
        if fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text) {
            stale.push(name.clone());
        }
    }
    stale.sort();
    for name in &stale {
        print(&format!("not up to date: {}\n", folder.join(name).display()))?;
    }
    Ok(stale.is_empty())
}

fn pages_in(folder: &Path) -> Result<BTreeSet<String>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::file(folder, &error))?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let is_page = |name: &String| Path::new(name).extension().is_some_and(|extension| extension == "md");
    Ok(names.filter(is_page).collect())
}

/// All pages by name of the file.
fn pages() -> BTreeMap<String, String> {
    let pages = steadfast_rules::rules().map(|rule| (format!("{}.md", rule.name), page(rule)));
    pages.chain([("README.md".to_owned(), index())]).collect()
}

fn families() -> impl Iterator<Item = &'static [&'static Rule]> {
    FAMILIES.iter().copied().filter(|family| !family.is_empty())
}

fn index() -> String {
    let mut text = String::from(
        "# The rules\n\n\
         Generated from the rules themselves with `cargo steadfast rules --markdown docs/rules`.\n\n\
         An `error` stops the build, a `warn` does not, an `off` has to be turned on.\n",
    );
    for family in families() {
        let _ = write!(
            text,
            "\n## {}\n\n| rule | level | what it catches |\n|---|---|---|\n",
            family[0].family.title()
        );
        for rule in family {
            let summary = rule.summary.replace('|', "\\|");
            let _ = writeln!(text, "| [`{0}`]({0}.md) | {1} | {summary} |", rule.name, level(rule));
        }
    }
    text
}

fn level(rule: &Rule) -> &'static str {
    match rule.level {
        Level::Error => "error",
        Level::Warn => "warn",
        Level::Off => "off",
    }
}

/// The page of a rule, in Markdown.
pub(crate) fn page(rule: &Rule) -> String {
    let mut text = format!(
        "# `{}`\n\n{}.\n\n{} · default level: {} · since {}\n",
        rule.name,
        capitalized(rule.summary),
        rule.family.title(),
        level(rule),
        rule.since
    );
    let mut section = |title: &str, body: &str| {
        let _ = write!(text, "\n## {title}\n\n{}\n", body.trim_end());
    };
    section("Why", rule.explanation);
    section("Bad", &code(rule.bad));
    section("Good", &code(rule.good));
    section("What it does not see", rule.blind_spots);
    section("Where it applies", &applies(rule));
    section("How to allow it", &allowing(rule));
    text
}

fn applies(rule: &Rule) -> String {
    let tests = if rule.in_tests {
        "Tests and benchmarks are checked as well."
    } else {
        "Not in tests and benchmarks."
    };
    let eased = if rule.eases {
        " In `main`, in constructors, and in closures that are only likely to run in place, the level is one step lower."
    } else {
        ""
    };
    format!("{tests}{eased}")
}

fn allowing(rule: &Rule) -> String {
    let name = rule.name;
    let on_item = format!(
        "At one place, on the item, or on the statement inside of code that is checked by an attribute:\n\n\
         ```rs\n#[steadfast::allow({name}, reason = \"why it is meant\")]\n```\n\n"
    );
    let attribute = format!("For one function: `#[steadfast::checked(allow({name}))]`.\n\n");
    let workspace = format!(
        "For the workspace, in its `Cargo.toml`:\n\n\
         ```toml\n[workspace.metadata.steadfast.levels]\n{name} = \"off\" # or \"warn\", \"error\"\n```"
    );
    on_item + &attribute + &workspace
}

fn code(example: &str) -> String {
    format!("```rust\n{}\n```", example.trim_end())
}

fn capitalized(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
