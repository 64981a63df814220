//! Compiles every case below `<attribute>/pass` and `<attribute>/fail`, and below those of `rules/<family>`, and compares
//! what rustc says.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::process::Command;

const FOLDERS: &[&str] = &[
    "timeout",
    "retry",
    "bounded",
    "stack",
    "apply",
    "audit",
    "transient",
    "offload",
    "blocking",
    "cancel_unsafe",
    "stream",
    "must_join",
    "shield",
    "entry",
];

/// The release of rustc that wrote the `.stderr` files.
const BLESSED_WITH: &str = "1.95";

#[test]
fn ui() {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let cases = trybuild::TestCases::new();
        for folder in FOLDERS.iter().map(ToString::to_string).chain(rule_families()) {
            cases.pass(format!("{folder}/pass/*.rs"));
            cases.compile_fail(format!("{folder}/fail/*.rs"));
        }
        // Dropping `cases` runs them, and panics when one differs.
    }));
    if let Err(difference) = outcome {
        eprintln!("{}", hint(&rustc("--version"), has_rust_src(&rustc("--print=sysroot"))));
        resume_unwind(difference);
    }
}

/// The folders of the rules, one for each family that has cases.
fn rule_families() -> Vec<String> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let folders = std::fs::read_dir(rules).expect("ui-tests/rules is there");
    let names = folders.map(|folder| folder.expect("a folder can be read").file_name());
    let mut families: Vec<String> =
        names.map(|name| format!("rules/{}", name.to_str().expect("a folder has a plain name"))).collect();
    families.sort();
    families
}

/// Where to look before looking at a difference: rustc's words change with its release, and with its components.
fn hint(version: &str, rust_src: bool) -> String {
    let mut lines = vec![format!(
        "\nThe expected output belongs to the stable toolchain of rust-toolchain.toml (blessed with rustc {BLESSED_WITH}) \
         WITHOUT the `rust-src` component."
    )];
    if !version.starts_with(&format!("rustc {BLESSED_WITH}.")) || version.contains("nightly") {
        lines.push(format!("  This is another one: {version}."));
    }
    if rust_src {
        lines.push(
            "  `rust-src` is installed, so that notes quote the standard library: `rustup component remove rust-src`, \
             or run in a toolchain without it."
                .to_owned(),
        );
    }
    lines.push(
        "  To accept new output, after reading it as a user would: see ui-tests/README.md.\n".to_owned(),
    );
    lines.join("\n")
}

fn has_rust_src(sysroot: &str) -> bool {
    Path::new(sysroot).join("lib/rustlib/src").exists()
}

/// What the compiler that trybuild runs answers.
fn rustc(question: &str) -> String {
    let program = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Command::new(program)
        .arg(question)
        .output()
        .map(|answer| String::from_utf8_lossy(&answer.stdout).trim().to_owned())
        .unwrap_or_default()
}

#[test]
fn the_hint_names_another_toolchain_and_rust_src() {
    let right = hint("rustc 1.95.0 (59807616e 2026-04-14)", false);
    assert!(right.contains("WITHOUT the `rust-src` component"));
    assert!(!right.contains("another one") && !right.contains("is installed"));
    assert!(hint("rustc 1.96.0 (0000000 2026-06-01)", false).contains("This is another one: rustc 1.96.0"));
    assert!(hint("rustc 1.95.0-nightly (0000000 2026-02-01)", false).contains("another one"));
    assert!(hint("rustc 1.95.0 (59807616e 2026-04-14)", true).contains("rustup component remove rust-src"));
}
