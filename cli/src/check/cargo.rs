//! `cargo check` beside our own check.

use std::env;
use std::path::Path;
use std::process::Command;

use crate::arguments::{Check, Format};
use crate::failure::Failure;
use crate::packages::Workspace;

/// Runs `cargo check` on the chosen packages with its messages passed on. Whether it succeeded.
pub(super) fn check(workspace: &Workspace, arguments: &Check) -> Result<bool, Failure> {
    let mut command = command(&workspace.root);
    command.arg("check");
    if arguments.message_format == Format::Json {
        command.args(["--message-format", "json"]);
    }
    packages(&mut command, workspace, arguments);
    command.args(&arguments.cargo);
    let status =
        command.status().map_err(|error| Failure::new(format_args!("cargo cannot be run: {error}")))?;
    Ok(status.success())
}

/// The cargo that runs us.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    command
}

/// Names the chosen packages.
pub(crate) fn packages(command: &mut Command, workspace: &Workspace, arguments: &Check) {
    if arguments.selection.workspace {
        command.arg("--workspace");
        return;
    }
    for package in &workspace.chosen {
        command.args(["--package", package.name.as_str()]);
    }
}
