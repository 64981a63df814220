//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Finds async mistakes in Rust code: what the rules of Steadfast are sure of, and with `--typed` what depends on types.
#[derive(Parser, Debug)]
#[command(name = "cargo-steadfast", bin_name = "cargo steadfast", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Check the code of a package, of a workspace or of some files
    Check(Box<Check>),
    /// Say what a rule finds, why, and what to write instead
    Explain {
        /// The name of the rule, as in `blocking_sleep`
        rule: String,
    },
    /// List all rules
    Rules {
        /// Write one page for each rule into this folder
        #[arg(long, value_name = "FOLDER")]
        markdown: Option<PathBuf>,
        /// Only say whether the pages in the folder are up to date
        #[arg(long, requires = "markdown")]
        check: bool,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Report only what is in these files and folders
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: Selection,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    pub(crate) message_format: Format,
    /// Run `cargo check` as well and pass its messages on, for editors
    #[arg(long)]
    pub(crate) with_cargo_check: bool,
    /// Let the compiler answer what depends on types, in a copy of the workspace
    #[arg(long)]
    pub(crate) typed: bool,
    #[command(flatten)]
    pub(crate) levels: RuleLevels,
    /// Use at most so many threads; all cores unless said
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Where `steadfast` is, instead of the published release
    #[arg(long, hide = true, value_name = "FOLDER")]
    pub(crate) steadfast_path: Option<PathBuf>,
    /// Arguments for `cargo check`, as in `-- --all-features`
    #[arg(last = true, value_name = "CARGO ARGUMENTS")]
    pub(crate) cargo: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Selection {
    /// Check this package (may be given several times)
    #[arg(short, long, value_name = "NAME")]
    pub(crate) package: Vec<String>,
    /// Check all packages of the workspace
    #[arg(long, alias = "all", conflicts_with = "package")]
    pub(crate) workspace: bool,
    /// The manifest of the package or workspace
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest_path: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct RuleLevels {
    /// Make a rule an error, whatever the configuration says
    #[arg(short = 'D', long, value_name = "RULE")]
    pub(crate) deny: Vec<String>,
    /// Make a rule a warning
    #[arg(short = 'W', long, value_name = "RULE")]
    pub(crate) warn: Vec<String>,
    /// Turn a rule off
    #[arg(short = 'A', long, value_name = "RULE")]
    pub(crate) allow: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Format {
    /// For people, in the style of rustc
    Human,
    /// One line for each message, as `cargo check --message-format json` prints them
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands that annotate a pull request
    Github,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    Always,
    Never,
}

impl Arguments {
    /// From the arguments of the process. Cargo passes the name of the command on.
    pub(crate) fn from_process() -> Self {
        let mut arguments: Vec<_> = std::env::args_os().collect();
        if arguments.get(1).is_some_and(|first| first == "steadfast") {
            arguments.remove(1);
        }
        Self::parse_from(arguments)
    }
}
