//! The pages of `docs/`: the tests, cases, pages and programs that they name are there, and what they quote is what it says.

use std::fs;
use std::path::{Path, PathBuf};

#[path = "patterns_pages/links.rs"]
mod links;
#[path = "patterns_pages/page.rs"]
mod page;

use page::{Block, Table, blocks, tables};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are a member of a workspace")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn overview() -> Vec<Table> {
    tables(&read(&root().join("docs/patterns/README.md")))
}

/// The rows of the table that says what proves them and whose first row begins with `first`.
fn rows(first: &str) -> Vec<Vec<String>> {
    let table = overview().into_iter().find(|table| table.rows[0][0].contains(first));
    table.unwrap_or_else(|| panic!("no table begins with `{first}`")).rows
}

/// What stands in backticks.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Where `file::test` is: in these tests, or those of another crate.
fn test_file(file: &str) -> PathBuf {
    let (package, file) = match file.split_once('/') {
        Some((package @ ("examples" | "runtime" | "cli"), file)) => (package, file),
        _ => ("tests", file),
    };
    root().join(package).join("tests").join(file).with_extension("rs")
}

/// Whether the file has a function of that name with an attribute that makes a test of it.
fn has_test(source: &str, name: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim_start).collect();
    let functions = [format!("fn {name}("), format!("async fn {name}(")];
    let is_it = |line: &&str| functions.iter().any(|function| line.starts_with(function.as_str()));
    let Some(at) = lines.iter().position(is_it) else { return false };
    let attributes =
        lines[..at].iter().rev().take_while(|line| line.starts_with('#') || line.starts_with("//"));
    attributes.into_iter().any(|line| {
        line.starts_with("#[") && line.split(['(', ']']).next().is_some_and(|path| path.ends_with("test"))
    })
}

/// What is wrong with the name of a proof.
fn missing(proof: &str) -> Option<String> {
    if let Some((file, test)) = proof.split_once("::") {
        let file = test_file(file);
        let Ok(source) = fs::read_to_string(&file) else {
            return Some(format!("`{proof}`: no {}", file.display()));
        };
        return (!has_test(&source, test)).then(|| format!("`{proof}`: no such test in {}", file.display()));
    }
    let case = root().join("ui-tests").join(proof).with_extension("rs");
    let expected = case.with_extension("stderr");
    let whole = case.is_file() && (proof.contains("/pass/") || expected.is_file());
    (!whole).then(|| format!("`{proof}`: no such case in ui-tests"))
}

#[test]
fn what_the_tables_name_is_there() {
    let mut wrong = Vec::new();
    let mut proofs = 0;
    for table in overview() {
        let Some(column) = table.head.iter().position(|title| title == "proved by") else { continue };
        for row in &table.rows {
            let (row_name, cell) = (&row[0], &row[column]);
            if code(cell).next().is_none() && cell != "–" {
                wrong.push(format!("{row_name}: nothing proves it"));
            }
            proofs += code(cell).count();
            wrong.extend(code(cell).filter_map(missing).map(|what| format!("{row_name}: {what}")));
        }
    }
    assert!(proofs > 100, "the tables were not found");
    assert!(wrong.is_empty(), "docs/patterns/README.md:\n{}", wrong.join("\n"));
}

#[test]
fn every_decision_error_and_pitfall_has_its_row() {
    let names =
        |first: &str| rows(first).into_iter().map(|row| row[0].trim_matches(|c| "[]".contains(c)).to_owned());
    assert_eq!(names("S1").collect::<Vec<_>>(), (1..=15).map(|n| format!("S{n}")).collect::<Vec<_>>());
    assert_eq!(names("MJ001").collect::<Vec<_>>(), (1..=12).map(|n| format!("MJ{n:03}")).collect::<Vec<_>>());
    let pitfalls: Vec<_> =
        rows("[P1]").into_iter().map(|row| row[0].split_once(']').unwrap().0[1..].to_owned()).collect();
    assert_eq!(pitfalls, (1..=10).map(|n| format!("P{n}")).collect::<Vec<_>>());
}

#[test]
fn the_cases_of_must_join_give_the_errors_they_stand_for() {
    for row in rows("MJ001") {
        for case in code(&row[2]) {
            let expected = root().join("ui-tests").join(case).with_extension("stderr");
            assert!(read(&expected).contains(&format!("[{}]", row[0])), "{case} does not give {}", row[0]);
        }
    }
}

#[test]
fn a_proof_that_is_not_there_is_noticed() {
    assert!(missing("gather::no_such_test").is_some());
    assert!(missing("no_such_file::a_test").is_some());
    assert!(missing("must_join/fail/no_such_case").is_some());
    assert!(missing("scope::is_send").is_some(), "a function inside of a test is none");
}

/// Mistakes and messages in `pitfalls.md` are those of the case named above them.
#[test]
fn the_pitfalls_quote_their_cases() {
    let page = read(&root().join("docs/patterns/pitfalls.md"));
    let mut quotes = 0;
    for Block { language, text, before } in blocks(&page) {
        let ending = match language.as_str() {
            "rs" => "rs",
            "text" => "stderr",
            _ => continue,
        };
        let case = before.rsplit("../../ui-tests/").next().and_then(|rest| rest.split(".stderr)").next());
        let case = root().join("ui-tests").join(case.expect("a case is named")).with_extension(ending);
        assert!(read(&case).contains(&text), "{} does not say (any more):\n{text}", case.display());
        quotes += 1;
    }
    assert_eq!(quotes, 20, "a mistake and a message for each pitfall");
}

#[test]
fn every_link_leads_somewhere() {
    let mut pages = vec![
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "cli/README.md",
        "benches/README.md",
        "ui-tests/README.md",
    ]
    .into_iter()
    .map(|page| root().join(page))
    .collect::<Vec<_>>();
    for folder in ["docs", "docs/patterns", "docs/rules"] {
        let files = fs::read_dir(root().join(folder)).expect("the folder is there");
        let files = files.map(|file| file.expect("the folder can be read").path());
        pages.extend(files.filter(|file| file.extension().is_some_and(|ending| ending == "md")));
    }
    let wrong: Vec<_> = pages.iter().flat_map(|page| links::broken(page, &read(page))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
