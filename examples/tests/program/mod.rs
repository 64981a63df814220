//! The examples beside a test: cargo builds the examples of a package before it runs the package's tests.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Output};

/// The example of this name, not yet started.
pub(crate) fn example(name: &str) -> Command {
    let this = env::current_exe().expect("a test knows where it is");
    let profile = this.ancestors().nth(2).expect("a test lies in <profile>/deps");
    let program: PathBuf = profile.join("examples").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(program.exists(), "{} is missing: `cargo build --examples` makes it", program.display());
    Command::new(program)
}

/// Runs the example to its end.
#[allow(dead_code, reason = "not every test runs its program to the end")]
pub(crate) fn run(name: &str, arguments: &[&str]) -> Ran {
    let Output { status, stdout, stderr } = example(name).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

/// What a program left.
#[derive(Debug)]
#[allow(dead_code, reason = "not every test runs its program to the end")]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}
