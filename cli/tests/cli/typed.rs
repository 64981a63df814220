//! `--typed`: what the compiler answers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use expect_test::expect;

use crate::workspace::{Ran, Workspace, manifest};

const STEADFAST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime");

/// `naps` is a glob import: whether `sleep` is the one of the standard library, only the compiler knows.
const LIB: &str = "mod naps { pub use std::thread::sleep; }\n\
                   mod own { pub fn sleep(_: std::time::Duration) {} }\n\
                   pub mod pages;\n";
const PAGES: &str = "use crate::naps::*;\n\
                     \n\
                     /// Waits.\n\
                     pub async fn page(pause: std::time::Duration) {\n    \
                         sleep(pause);\n\
                     }\n\
                     pub mod inner { use crate::own::*; pub async fn page() { sleep(std::time::Duration::MAX); } }\n\
                     pub async fn one_line(pause: std::time::Duration) { sleep(pause) } pub async fn certain() { std::thread::sleep(std::time::Duration::MAX); }\n";
const MAIN: &str = "fn main() { let _ = after(); }\n\
                    async fn after() { use std::thread::*; sleep(std::time::Duration::MAX); }\n";

fn run(workspace: &Workspace, more: &[&str]) -> Ran {
    workspace.run(&[&["check", "--typed", "--steadfast-path", STEADFAST], more].concat())
}

/// The times of all files of the copy.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let mut times = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.file_name() != "Cargo.lock" {
                times.insert(
                    entry.path().display().to_string(),
                    entry.metadata().unwrap().modified().unwrap(),
                );
            }
        }
    }
    times
}

#[test]
fn the_compiler_answers() {
    let workspace = Workspace::new(
        "typed",
        &[("Cargo.toml", &manifest("")), ("src/lib.rs", LIB), ("src/pages.rs", PAGES), ("src/main.rs", MAIN)],
    );
    let before = fs::read_to_string(workspace.root.join("Cargo.toml")).unwrap();

    let untyped = workspace.run(&["check"]);
    assert!(untyped.stdout().contains("on types: run with `--typed`"), "{}", untyped.stdout());

    let typed = run(&workspace, &[]);
    expect![[r#"
        exit code 1
        error[future_not_awaited]: this future is thrown away, and never runs
         --> src/main.rs:1:21
          |
        1 | fn main() { let _ = after(); }
          |                     ^^^^^^^ nothing of this happens
          |
          = help: write `after().await` in an `async fn`, or spawn it: `tokio::spawn(after())`
          = note: a future does nothing until it is polled
          = note: rule `future_not_awaited`; where it is meant: `#[steadfast::allow(future_not_awaited, reason = "..")]`

        error[blocking_sleep]: this puts the whole thread to sleep, and every task on it
         --> src/main.rs:2:40
          |
        2 | async fn after() { use std::thread::*; sleep(std::time::Duration::MAX); }
          |                                        ^^^^^ `std::thread::sleep` blocks
          |
          = help: write `tokio::time::sleep(std::time::Duration::MAX).await`
          = note: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`

        error[blocking_sleep]: this puts the whole thread to sleep, and every task on it
         --> src/pages.rs:5:5
          |
        5 |     sleep(pause);
          |     ^^^^^ `std::thread::sleep` blocks
          |
          = help: write `tokio::time::sleep(pause).await`
          = note: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`

        error[blocking_sleep]: this puts the whole thread to sleep, and every task on it
         --> src/pages.rs:8:53
          |
        8 | pub async fn one_line(pause: std::time::Duration) { sleep(pause) } pub async fn certain() { std::thread::sleep(std::time::Duration::M...
          |                                                     ^^^^^ `std::thread::sleep` blocks
          |
          = help: write `tokio::time::sleep(pause).await`
          = note: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`

        error[blocking_sleep]: this puts the whole thread to sleep, and every task on it
         --> src/pages.rs:8:93
          |
        8 | ...{ sleep(pause) } pub async fn certain() { std::thread::sleep(std::time::Duration::MAX); }
          |                                              ^^^^^^^^^^^^^^^^^^ `std::thread::sleep` blocks
          |
          = help: write `tokio::time::sleep(std::time::Duration::MAX).await`
          = note: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`

        steadfast: 5 errors in 3 files, 13 lines
    "#]].assert_eq(&typed.report());

    // Nothing has changed, so nothing is written, and nothing is compiled again; the report is the same.
    let copy = workspace.root.join("target/steadfast/workspace");
    let first = times(&copy);
    assert_eq!(run(&workspace, &[]).report(), typed.report());
    assert_eq!(times(&copy), first);

    // A change is seen, and only that file is written.
    workspace.write("src/pages.rs", &format!("// One line more.\n{PAGES}"));
    let moved = run(&workspace, &["src/pages.rs"]).stdout();
    assert!(moved.contains("--> src/pages.rs:6:5"), "{moved}");
    let second = times(&copy);
    let written: Vec<&String> =
        second.iter().filter(|(path, time)| first.get(*path) != Some(*time)).map(|(path, _)| path).collect();
    assert!(written.len() == 1 && written[0].ends_with("pages.rs"), "{written:?}");

    // A file that is gone goes, and what is configured holds for the compiler's findings as well.
    fs::remove_file(workspace.root.join("src/main.rs")).unwrap();
    assert!(!run(&workspace, &[]).stdout().contains("main.rs"));
    assert!(!copy.join("src/main.rs").exists());
    let warned = run(&workspace, &["-W", "blocking_sleep"]).stdout();
    assert!(warned.contains("warning[blocking_sleep]") && !warned.contains("error["), "{warned}");

    // The workspace itself is as it was.
    assert_eq!(fs::read_to_string(workspace.root.join("Cargo.toml")).unwrap(), before);

    // A package may have the name of something that Steadfast depends on.
    workspace.write("Cargo.toml", &manifest("").replace("fixture", "pin-project-lite"));
    let namesake = run(&workspace, &[]);
    assert!(namesake.stdout().contains("--> src/pages.rs:6:5"), "{}", namesake.stderr());

    // What does not compile cannot be asked.
    workspace.write("src/lib.rs", "pub fn broken() -> u8 { \"\" }\n");
    let broken = run(&workspace, &[]);
    assert_eq!(broken.code(), 2);
    assert!(broken.stderr().contains("mismatched types"), "{}", broken.stderr());
}

#[test]
fn what_is_configured_to_block_is_found_once() {
    let configured = "[workspace.metadata.steadfast]\nblocking = [\"crate::legacy::index\", \"other::*\"]\n";
    let source = "pub mod legacy { pub fn index() {} }\n\
                  pub async fn serve() { legacy::index(); std::thread::sleep(std::time::Duration::MAX); }\n";
    let workspace =
        Workspace::new("typed_blocking", &[("Cargo.toml", &manifest(configured)), ("src/lib.rs", source)]);
    let typed = run(&workspace, &[]);
    let said = typed.stdout();
    assert_eq!(said.matches("error[configured_blocking_call]").count(), 1, "{said}");
    assert_eq!(said.matches("error[blocking_sleep]").count(), 1, "{said}");
}
