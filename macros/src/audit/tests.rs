//! What an audit reports, on files written for the test.

use std::fs;
use std::path::Path;

use expect_test::expect;
use steadfast_rules::{Level, Options};

use super::Audit;

/// A crate in a folder of its own.
fn audit(name: &str, files: &[(&str, &str)], change: impl FnOnce(&mut Options)) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("target").join("tmp/audit").join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut options = Options::default();
    change(&mut options);
    let audit = Audit::of(folder.join(files[0].0), &options);
    let shown = |text: &str| text.replace(folder.to_str().unwrap(), "$DIR");
    let reports: Vec<String> = audit.reports.iter().map(|report| shown(&report.text)).collect();
    let tracked: Vec<String> = audit.files.iter().map(|file| shown(file.to_str().unwrap())).collect();
    format!("{}\n\ntracked: {}", reports.join("\n\n"), tracked.join(" "))
}

const FILES: [(&str, &str); 4] = [
    ("src/lib.rs", "mod pages;\nmod broken;\n#[cfg(test)]\nmod tests;\n"),
    ("src/pages.rs", "use std::thread::sleep as nap;\n\nasync fn page() {\n\tnap(PAUSE);\n}\n"),
    ("src/broken.rs", "fn {"),
    ("src/tests.rs", "async fn test() {\n    std::thread::sleep(PAUSE);\n}\n"),
];

#[test]
fn file_line_and_source() {
    let report = audit("found", &FILES, |_| {});
    expect![[r#"
        this puts the whole thread to sleep, and every task on it
         --> $DIR/src/pages.rs:4:2
          |
        4 | 	nap(PAUSE);
          | 	^^^ `std::thread::sleep` blocks
        help: write `tokio::time::sleep(PAUSE).await`
        rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`

        tracked: $DIR/src/lib.rs $DIR/src/pages.rs $DIR/src/broken.rs $DIR/src/tests.rs"#]]
    .assert_eq(&report);
}

#[test]
fn levels() {
    let report = audit("levels", &FILES, |options| options.levels.set("blocking_sleep", Level::Off).unwrap());
    assert!(report.starts_with("\n\ntracked: "), "{report}");
}

#[test]
fn what_is_checked_by_itself_is_not_reported_twice() {
    let sleeps = "std::thread::sleep(PAUSE);";
    let text = format!(
        "use steadfast::retry;\n#[retry]\nasync fn a() {{ {sleeps} }}\n#[steadfast::checked]\nimpl A {{ async fn b() {{ {sleeps} }} }}\n\
         impl B {{\n#[steadfast::timeout(1s)]\nasync fn c() {{ {sleeps} }}\nasync fn d() {{ {sleeps} }}\n}}\n#[other::retry]\nasync fn e() {{ {sleeps} }}\n"
    );
    let report = audit("itself", &[("src/lib.rs", &text)], |_| {});
    let lines: Vec<&str> =
        report.lines().filter_map(|line| line.trim().strip_prefix("--> $DIR/src/lib.rs:")).collect();
    assert_eq!(lines, ["9:16", "12:16"], "{report}");
}

#[test]
fn an_attribute_of_somebody_else_is_none_of_ours() {
    let text = "use other::retry;\n#[retry]\nasync fn a() { std::thread::sleep(PAUSE); }\n";
    let report = audit("other", &[("src/lib.rs", text)], |_| {});
    assert!(report.contains("lib.rs:3:16"), "{report}");
}

#[test]
fn a_function_of_another_file_that_blocks() {
    let files = [
        ("src/lib.rs", "mod config;\nuse config::load;\nasync fn serve() {\n    load();\n}\n"),
        ("src/config.rs", "pub fn load() -> String {\n    std::fs::read_to_string(\"a\").unwrap()\n}\n"),
    ];
    let report = audit("helper", &files, |_| {});
    assert!(report.contains("lib.rs:4:5") && report.contains("`transitive_blocking`"), "{report}");
}
