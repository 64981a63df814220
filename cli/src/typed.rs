//! `--typed`: the compiler answers what depends on types, for code without any annotation.
//!
//! It is asked in a copy of the workspace, in which every item with async code carries `#[steadfast::checked]` on the
//! line on which it begins. The copy is kept, and only what has changed is written anew, so that cargo compiles only
//! that.

mod insert;
mod manifest;
mod messages;
mod shadow;

use std::io::{IsTerminal, stderr};
use std::process::Stdio;

use cargo_metadata::{Package, TargetKind};

use crate::arguments::{Check, Format};
use crate::check::Outcome;
use crate::check::cargo;
use crate::failure::Failure;
use crate::packages::Workspace;
pub(crate) use insert::{Attribute, Insertions, guards};
use manifest::Steadfast;
pub(crate) use manifest::name_in;
use shadow::Shadow;

/// Arguments of cargo that choose targets. With one of them the choice is the user's.
const TARGET_ARGUMENTS: [&str; 9] =
    ["--lib", "--bin", "--bins", "--example", "--examples", "--test", "--tests", "--bench", "--all-targets"];

/// Adds what the compiler finds to the outcome.
pub(crate) fn check(workspace: &Workspace, arguments: &Check, outcome: &mut Outcome) -> Result<(), Failure> {
    let steadfast = Steadfast { path: arguments.steadfast_path.clone() };
    let shadow = Shadow::write(workspace, &steadfast, &outcome.insertions)?;
    let mut command = cargo::command(&shadow.root);
    command.args(["check", "--message-format", "json", "--keep-going", "--target-dir"]).arg(&shadow.target);
    if arguments.selection.workspace {
        command.arg("--workspace");
    } else {
        for package in &workspace.chosen {
            command.arg("--package").arg(shadow.specification(workspace, package));
        }
    }
    if !arguments.cargo.iter().any(|argument| TARGET_ARGUMENTS.iter().any(|name| is_option(argument, name))) {
        command.args(targets(&workspace.chosen));
    }
    command.args(&arguments.cargo);
    // Somebody who waits wants to see how far cargo is.
    let shows = arguments.message_format == Format::Human && stderr().is_terminal();
    command.stdin(Stdio::null()).stderr(if shows { Stdio::inherit() } else { Stdio::piped() });
    let output =
        command.output().map_err(|error| Failure::new(format_args!("cargo cannot be run: {error}")))?;
    let heard = messages::read(&output.stdout, workspace, &shadow, outcome);
    if output.status.success() {
        return Ok(());
    }
    let reason = heard.first_error.unwrap_or_else(|| String::from_utf8_lossy(&output.stderr).into_owned());
    Err(Failure(format!(
        "error: the compiler cannot be asked, since the copy of the workspace does not compile\n\
         help: if `cargo check` is content with the workspace itself, please report this; without `--typed` the rest is checked\n\n{}",
        reason.trim_end()
    )))
}

fn is_option(argument: &str, name: &str) -> bool {
    argument.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
}

/// What is no test. An option that finds no target would be an error.
fn targets(packages: &[Package]) -> Vec<&'static str> {
    let kinds: Vec<&TargetKind> =
        packages.iter().flat_map(|package| &package.targets).flat_map(|target| &target.kind).collect();
    let mut chosen = Vec::new();
    if kinds.iter().any(|kind| is_library(kind)) {
        chosen.push("--lib");
    }
    if kinds.contains(&&TargetKind::Bin) {
        chosen.push("--bins");
    }
    if kinds.contains(&&TargetKind::Example) {
        chosen.push("--examples");
    }
    chosen
}

pub(crate) fn is_library(kind: &TargetKind) -> bool {
    !matches!(
        kind,
        TargetKind::Bin
            | TargetKind::Example
            | TargetKind::Test
            | TargetKind::Bench
            | TargetKind::CustomBuild
    )
}
