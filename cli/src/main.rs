//! `cargo steadfast`: the rules of Steadfast over a whole workspace.

#![forbid(unsafe_code)]

mod arguments;
mod check;
mod configuration;
mod diagnostic;
mod failure;
mod output;
mod packages;
mod pages;
mod progress;
mod report;
mod source;
mod typed;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use failure::Failure;

/// Nothing was found.
const CLEAN: u8 = 0;
/// Something was found.
const FINDINGS: u8 = 1;
/// The command could not do its work: a wrong argument, a wrong configuration, no manifest.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let done = match Arguments::from_process().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Explain { rule } => pages::explain(&rule),
        Command::Rules { markdown: None, .. } => pages::list(),
        Command::Rules { markdown: Some(folder), check: false } => pages::write(&folder),
        Command::Rules { markdown: Some(folder), check: true } => pages::compare(&folder),
    };
    match done {
        Ok(true) => ExitCode::from(CLEAN),
        Ok(false) => ExitCode::from(FINDINGS),
        Err(Failure(text)) => {
            eprintln!("{}", text.trim_end());
            ExitCode::from(USAGE)
        }
    }
}
