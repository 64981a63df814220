//! `steadfast::audit!()`, compiled as a user compiles it, beside the command that reports the same.

use std::process::Command;

use cargo_metadata::Message;
use expect_test::expect;

use crate::workspace::{Workspace, manifest};

const PAGES: &str =
    "use std::thread::sleep as nap;\n\npub async fn page(pause: std::time::Duration) {\n    nap(pause);\n}\n";

/// Whether the package compiles, and what rustc says about it.
fn compile(workspace: &Workspace) -> (bool, String) {
    let mut command = Command::new(env!("CARGO"));
    command.args(["check", "--offline", "--message-format", "json"]).current_dir(&workspace.root);
    command.env_remove("CARGO_TARGET_DIR");
    let output = command.output().unwrap();
    let messages =
        Message::parse_stream(output.stdout.as_slice()).flatten().filter_map(|message| match message {
            Message::CompilerMessage(message) if message.target.name == "fixture" => message.message.rendered,
            _ => None,
        });
    (output.status.success(), messages.collect())
}

#[test]
fn sees_every_file_and_runs_again() {
    let dependency =
        concat!("\n[dependencies]\nsteadfast = { path = \"", env!("CARGO_MANIFEST_DIR"), "/../runtime\" }\n");
    let audit = "steadfast::audit!(warn(blocking_sleep));\n";
    let workspace = Workspace::new(
        "audit",
        &[
            ("Cargo.toml", &manifest(dependency)),
            ("src/lib.rs", &format!("{audit}pub mod pages;\n")),
            ("src/pages.rs", PAGES),
        ],
    );
    // A warning lets the crate compile.
    let (compiles, said) = compile(&workspace);
    assert!(compiles, "{said}");
    expect![[r#"
        warning: use of deprecated constant `_::steadfast::blocking_sleep`: this puts the whole thread to sleep, and every task on it
                  --> src/pages.rs:4:5
                   |
                 4 |     nap(pause);
                   |     ^^^ `std::thread::sleep` blocks
                 help: write `tokio::time::sleep(pause).await`
                 rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`
         --> src/lib.rs:1:1
          |
        1 | steadfast::audit!(warn(blocking_sleep));
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
        note: the lint level is defined here
         --> src/lib.rs:1:1
          |
        1 | steadfast::audit!(warn(blocking_sleep));
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = note: this warning originates in the macro `steadfast::audit` (in Nightly builds, run with -Z macro-backtrace for more info)

    "#]].assert_eq(&said);

    // Another file changes, and nothing in the one that is expanded.
    workspace.write("src/pages.rs", "pub async fn page() {}\n");
    assert_eq!(compile(&workspace), (true, String::new()));

    // An error does not.
    workspace.write("src/pages.rs", PAGES);
    workspace.write("src/lib.rs", "steadfast::audit!();\npub mod pages;\n");
    let (compiles, said) = compile(&workspace);
    assert!(!compiles);
    expect![[r#"
        error: this puts the whole thread to sleep, and every task on it
                --> src/pages.rs:4:5
                 |
               4 |     nap(pause);
                 |     ^^^ `std::thread::sleep` blocks
               help: write `tokio::time::sleep(pause).await`
               rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`
         --> src/lib.rs:1:1
          |
        1 | steadfast::audit!();
          | ^^^^^^^^^^^^^^^^^^^
          |
          = note: this error originates in the macro `steadfast::audit` (in Nightly builds, run with -Z macro-backtrace for more info)

    "#]].assert_eq(&said);

    // The command sees the same place.
    let report = workspace.run(&["check"]).stdout();
    assert!(report.contains("--> src/pages.rs:4:5"), "{report}");

    // A rule that does not exist is refused where it is written.
    workspace.write("src/lib.rs", "steadfast::audit!(deny(blocking_slep));\npub mod pages;\n");
    let (_, said) = compile(&workspace);
    assert!(said.contains("did you mean `blocking_sleep`?\n --> src/lib.rs:1:24"), "{said}");
}
