//! `cargo steadfast check`.

pub(crate) mod cargo;
mod crates;

use std::io::{self, IsTerminal};

use crate::arguments::{Check, Color, Format};
use crate::configuration::Configuration;
use crate::diagnostic::{Diagnostic, tidy};
use crate::failure::{Done, Failure};
use crate::output;
use crate::packages::Workspace;
use crate::progress::Progress;
use crate::report::{self, Style};
use crate::typed::{self, Insertions};

/// What a check has seen.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How many findings would need the compiler.
    pub(crate) questions: usize,
    pub(crate) files: usize,
    pub(crate) lines: usize,
    /// Files that do not parse: the place and what the parser says.
    pub(crate) unparsed: Vec<String>,
    /// For `--typed`: where the compiler is to be asked.
    pub(crate) insertions: Vec<Insertions>,
}

impl Outcome {
    pub(crate) fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }

    pub(crate) fn warnings(&self) -> usize {
        self.diagnostics.len() - self.errors()
    }
}

pub(crate) fn run(arguments: &Check) -> Done {
    if arguments.with_cargo_check && !matches!(arguments.message_format, Format::Human | Format::Json) {
        return Err(Failure::new(
            "cargo has no such format: `--with-cargo-check` goes with `human` and `json`",
        ));
    }
    let workspace = Workspace::find(arguments)?;
    let configuration = Configuration::read(&workspace.manifest())?;
    let levels = configuration.levels_of(&arguments.levels)?;
    let threads = rayon::ThreadPoolBuilder::new().num_threads(arguments.jobs.unwrap_or(0)).build();
    let threads = threads.map_err(Failure::new)?;
    let progress = Progress::start(arguments.message_format == Format::Human);
    let mut outcome =
        threads.install(|| crates::check(&workspace, &configuration, &levels, &progress, arguments.typed));
    drop(progress);
    if arguments.typed {
        typed::check(&workspace, arguments, &mut outcome)?;
    }
    tidy(&mut outcome.diagnostics);
    outcome.unparsed.sort();
    print(&outcome, &workspace, arguments)?;
    let compiles = !arguments.with_cargo_check || cargo::check(&workspace, arguments)?;
    Ok(compiles && outcome.diagnostics.is_empty())
}

fn print(outcome: &Outcome, workspace: &Workspace, arguments: &Check) -> Result<(), Failure> {
    let style = Style {
        colors: colors(arguments.color),
        typed: arguments.typed,
        before_cargo: arguments.with_cargo_check,
    };
    let text = report::text(arguments.message_format, outcome, workspace, style);
    output::print(&text)
}

fn colors(wanted: Color) -> bool {
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && io::stdout().is_terminal()
        }
    }
}
