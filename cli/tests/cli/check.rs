//! What is checked, and what is reported.

use expect_test::expect;

use crate::workspace::{Workspace, manifest};

const SLEEPS: &str = "pub async fn nap() {\n    std::thread::sleep(std::time::Duration::from_secs(1));\n}\n";
const CLEAN: &str = "pub async fn nap() {\n    std::future::ready(()).await;\n}\n";

#[test]
fn a_clean_package() {
    let workspace = Workspace::new("clean", &[("src/lib.rs", CLEAN)]);
    expect![[r#"
        exit code 0
        steadfast: nothing found in 1 file, 3 lines
    "#]]
    .assert_eq(&workspace.run(&["check"]).report());
}

#[test]
fn findings_through_the_module_tree() {
    let workspace = Workspace::new(
        "tree",
        &[
            (
                "src/lib.rs",
                "mod pages;\n#[path = \"elsewhere.rs\"]\nmod named;\n#[cfg(test)]\nmod tests;\ninclude!(\"more.rs\");\n",
            ),
            (
                "src/pages.rs",
                "use std::thread::sleep as nap;\n\npub async fn page(pause: std::time::Duration) {\n    nap(pause);\n}\n",
            ),
            ("src/elsewhere.rs", SLEEPS),
            ("src/more.rs", SLEEPS),
            // Tests may block: nobody else is on their runtime.
            ("src/tests.rs", SLEEPS),
            ("tests/outside.rs", SLEEPS),
            ("benches/speed.rs", SLEEPS),
            (
                "examples/tour.rs",
                "fn main() {}\nasync fn nap() {\n    std::thread::sleep(std::time::Duration::MAX);\n}\n",
            ),
            // No part of the crate.
            ("src/forgotten.rs", SLEEPS),
        ],
    );
    expect![[r#"
        exit code 1
        error[blocking_sleep]: this puts the whole thread to sleep, and every task on it
         --> examples/tour.rs:3:5
          |
        3 |     std::thread::sleep(std::time::Duration::MAX);
          |     ^^^^^^^^^^^^^^^^^^ `std::thread::sleep` blocks
          |
          = help: write `tokio::time::sleep(std::time::Duration::MAX).await`
          = note: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`

        error[blocking_sleep]: this puts the whole thread to sleep, and every task on it
         --> src/elsewhere.rs:2:5
          |
        2 |     std::thread::sleep(std::time::Duration::from_secs(1));
          |     ^^^^^^^^^^^^^^^^^^ `std::thread::sleep` blocks
          |
          = help: write `tokio::time::sleep(std::time::Duration::from_secs(1)).await`
          = note: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`

        error[blocking_sleep]: this puts the whole thread to sleep, and every task on it
         --> src/more.rs:2:5
          |
        2 |     std::thread::sleep(std::time::Duration::from_secs(1));
          |     ^^^^^^^^^^^^^^^^^^ `std::thread::sleep` blocks
          |
          = help: write `tokio::time::sleep(std::time::Duration::from_secs(1)).await`
          = note: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`

        error[blocking_sleep]: this puts the whole thread to sleep, and every task on it
         --> src/pages.rs:4:5
          |
        4 |     nap(pause);
          |     ^^^ `std::thread::sleep` blocks
          |
          = help: write `tokio::time::sleep(pause).await`
          = note: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`

        steadfast: 4 errors in 8 files, 30 lines
    "#]].assert_eq(&workspace.run(&["check"]).report());
}

#[test]
fn a_file_that_does_not_parse_is_skipped() {
    let workspace = Workspace::new(
        "unparsed",
        &[("src/lib.rs", "mod broken;\nmod fine;\n"), ("src/broken.rs", "fn {\n"), ("src/fine.rs", SLEEPS)],
    );
    let report = workspace.run(&["check"]).report();
    expect![[r#"
        exit code 1
        error[blocking_sleep]: this puts the whole thread to sleep, and every task on it
         --> src/fine.rs:2:5
          |
        2 |     std::thread::sleep(std::time::Duration::from_secs(1));
          |     ^^^^^^^^^^^^^^^^^^ `std::thread::sleep` blocks
          |
          = help: write `tokio::time::sleep(std::time::Duration::from_secs(1)).await`
          = note: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`

        steadfast: 1 error in 2 files, 5 lines
        1 file not understood, so not checked:
          src/broken.rs:1:4: cannot parse string into token stream
    "#]].assert_eq(&report);
}

#[test]
fn packages_paths_and_folders() {
    let package =
        |name: &str| format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    let workspace = Workspace::new(
        "packages",
        &[
            (
                "Cargo.toml",
                "[workspace]\nresolver = \"3\"\nmembers = [\"one\", \"two\"]\ndefault-members = [\"one\"]\n",
            ),
            ("one/Cargo.toml", &package("one")),
            ("one/src/lib.rs", "mod other;\n"),
            ("one/src/other.rs", SLEEPS),
            ("two/Cargo.toml", &package("two")),
            ("two/src/lib.rs", SLEEPS),
        ],
    );
    let places = |folder: &str, arguments: &[&str]| {
        let ran = workspace.run_in(folder, &[&["check"], arguments].concat());
        let report = ran.stdout();
        let places: Vec<String> =
            report.lines().filter_map(|line| Some(line.trim().strip_prefix("--> ")?.to_owned())).collect();
        assert_eq!(ran.code(), i32::from(!places.is_empty()), "{report}");
        places.join(" ")
    };
    let (one, two) = ("one/src/other.rs:2:5", "two/src/lib.rs:2:5");
    let both = format!("{one} {two}");
    assert_eq!(places("", &[]), one);
    assert_eq!(places("", &["--workspace"]), both);
    assert_eq!(places("", &["-p", "two"]), two);
    assert_eq!(places("", &["-p", "two", "-p", "one"]), both);
    assert_eq!(places("two", &[]), two);
    assert_eq!(places("two/src", &[]), two);
    assert_eq!(places("", &["two"]), two);
    assert_eq!(places("", &["one/src/other.rs"]), one);
    assert_eq!(places("", &["one/src/lib.rs"]), "");
    assert_eq!(places("two", &["../one"]), one);
}

#[test]
fn wrong_usage() {
    let workspace = Workspace::new("usage", &[("src/lib.rs", CLEAN)]);
    expect![[r#"
        exit code 2
        -- standard error
        error: the workspace has no package `fixtur`; did you mean `fixture`?
    "#]]
    .assert_eq(&workspace.run(&["check", "-p", "fixtur"]).report());
    expect![[r#"
        exit code 2
        -- standard error
        error: src/nothing.rs: No such file or directory (os error 2)
    "#]]
    .assert_eq(&workspace.run(&["check", "src/nothing.rs"]).report());
    expect![[r#"
        exit code 2
        -- standard error
        error: there is no rule `blocking_slep`; did you mean `blocking_sleep`?
        help: `cargo steadfast rules` lists them
    "#]]
    .assert_eq(&workspace.run(&["check", "-D", "blocking_slep"]).report());
    assert_eq!(workspace.run(&["check", "--colour"]).code(), 2);
    assert_eq!(workspace.run(&["check", "--manifest-path", "nothing/Cargo.toml"]).code(), 2);
}

#[test]
fn levels_from_the_command_line() {
    let workspace = Workspace::new("line", &[("Cargo.toml", &manifest("")), ("src/lib.rs", SLEEPS)]);
    assert_eq!(workspace.run(&["check", "-A", "blocking_sleep"]).code(), 0);
    let warned = workspace.run(&["check", "-W", "blocking_sleep"]);
    assert_eq!(warned.code(), 1);
    assert!(warned.stdout().starts_with("warning[blocking_sleep]"), "{}", warned.stdout());
    // The last of the three wins: a denied rule is denied.
    let denied = workspace.run(&["check", "-D", "blocking_sleep", "-A", "blocking_sleep"]);
    assert!(denied.stdout().starts_with("error[blocking_sleep]"), "{}", denied.stdout());
}

#[test]
fn functions_of_other_files_that_block() {
    let workspace = Workspace::new(
        "helpers",
        &[
            ("src/lib.rs", "pub mod config;\npub mod serve;\n"),
            (
                "src/config.rs",
                "pub fn load() -> String {\n    std::fs::read_to_string(\"a\").unwrap_or_default()\n}\n",
            ),
            (
                "src/serve.rs",
                "use crate::config::load;\npub async fn serve() -> String {\n    load()\n}\npub fn plain() -> String {\n    load()\n}\n",
            ),
            // Another crate: the same words mean something else there.
            (
                "src/main.rs",
                "mod config { pub fn load() {} }\nfn main() {}\nasync fn serve() {\n    config::load();\n}\n",
            ),
        ],
    );
    expect![[r#"
        exit code 1
        warning[transitive_blocking]: this calls a function that blocks the runtime's thread
         --> src/serve.rs:3:5
          |
        3 |     load()
          |     ^^^^ `config::load` blocks
          |
          = help: write `tokio::task::spawn_blocking(move || load()).await`
          = note: in `config::load`: `std::fs::read_to_string` blocks
          = note: rule `transitive_blocking`; where it is meant: `#[steadfast::allow(transitive_blocking, reason = "..")]`

        steadfast: 1 warning in 4 files, 17 lines
    "#]].assert_eq(&workspace.run(&["check"]).report());
    assert_eq!(workspace.run(&["check", "-A", "transitive_blocking"]).code(), 0);
    // The other files are read even if the report is limited to one.
    assert_eq!(workspace.run(&["check", "src/serve.rs"]).code(), 1);
}
