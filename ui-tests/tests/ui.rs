//! Compiles every case below `<attribute>/pass` and `<attribute>/fail` and compares what rustc says.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::process::Command;

const FOLDERS: [&str; 6] = ["timeout", "retry", "bounded", "stack", "apply", "transient"];

/// The release of rustc that wrote the `.stderr` files.
const BLESSED_WITH: &str = "1.95";

#[test]
fn ui() {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let cases = trybuild::TestCases::new();
        for folder in FOLDERS {
            cases.pass(format!("{folder}/pass/*.rs"));
            cases.compile_fail(format!("{folder}/fail/*.rs"));
        }
        // Dropping `cases` runs them, and panics when one differs.
    }));
    if let Err(difference) = outcome {
        eprintln!("{}", hint());
        resume_unwind(difference);
    }
}

/// What to look at before looking at a difference: rustc's wording changes with its release and with its components.
fn hint() -> String {
    let mut hint = format!(
        "\nThe expected output belongs to the stable toolchain of rust-toolchain.toml (blessed with rustc {BLESSED_WITH}) \
         WITHOUT the `rust-src` component.\n"
    );
    let version = rustc("--version");
    if !version.starts_with(&format!("rustc {BLESSED_WITH}.")) || version.contains("nightly") {
        hint.push_str(&format!("  This is another one: {version}.\n"));
    }
    if has_rust_src() {
        hint.push_str(
            "  `rust-src` is installed, so notes quote the standard library: `rustup component remove rust-src`, or run \
             in a toolchain without it.\n",
        );
    }
    hint.push_str("  To accept new output, after reading it as a user would: see ui-tests/README.md.\n");
    hint
}

fn has_rust_src() -> bool {
    Path::new(&rustc("--print=sysroot")).join("lib/rustlib/src").exists()
}

/// The compiler that trybuild runs answers.
fn rustc(question: &str) -> String {
    let program = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Command::new(program)
        .arg(question)
        .output()
        .map(|answer| String::from_utf8_lossy(&answer.stdout).trim().to_owned())
        .unwrap_or_default()
}
