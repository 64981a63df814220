//! All files of the chosen packages, on all threads.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use cargo_metadata::Package;
use rayon::Scope;
use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};
use steadfast_rules::{Checked, Module, Options, Summary, check_source, summarize};
use syn::File;

use super::Outcome;
use crate::configuration::{Configuration, FileLevels};
use crate::diagnostic::Diagnostic;
use crate::packages::{Crate, Workspace, is_test};
use crate::progress::Progress;
use crate::source::Source;
use crate::typed::{Attribute, Insertions, guards};

/// What all threads share.
struct Checking<'c> {
    workspace: &'c Workspace,
    configuration: &'c Configuration,
    levels: &'c FileLevels<'c>,
    progress: &'c Progress,
    /// Whether the compiler will be asked as well.
    typed: bool,
    /// Files that somebody has taken: targets share modules, and `mod common;` stands in many tests.
    taken: Mutex<HashSet<PathBuf>>,
    outcome: Mutex<Outcome>,
    reports: Mutex<Vec<Report>>,
    summaries: Mutex<Summaries>,
}

/// What the functions of each crate do to the thread, by the root file of the crate.
type Summaries = HashMap<PathBuf, Arc<Summary>>;

/// What was found in a file, and all that is needed to check it once more.
struct Report {
    source: Arc<Source>,
    module: Module,
    owner: Arc<Crate>,
    diagnostics: Vec<Diagnostic>,
    questions: usize,
    /// The functions of other files that would matter if they blocked.
    calls: HashSet<String>,
}

/// Checks the chosen packages. A file that is part of both the crate and a test counts as part of the crate.
pub(super) fn check(
    workspace: &Workspace,
    configuration: &Configuration,
    levels: &FileLevels<'_>,
    progress: &Progress,
    typed: bool,
) -> Outcome {
    let checking = Checking {
        workspace,
        configuration,
        levels,
        progress,
        typed,
        taken: Mutex::default(),
        outcome: Mutex::default(),
        reports: Mutex::default(),
        summaries: Mutex::default(),
    };
    for tests in [false, true] {
        rayon::scope(|scope| {
            for package in &workspace.chosen {
                checking.package(scope, package, tests);
            }
        });
    }
    checking.with_helpers()
}

impl Checking<'_> {
    fn package<'s>(&'s self, scope: &Scope<'s>, package: &Package, tests: bool) {
        for target in package.targets.iter().filter(|target| is_test(target) == tests) {
            let owner = Arc::new(Crate::of(package, target));
            self.file(scope, Module::root(target.src_path.as_std_path(), tests), &owner);
        }
    }

    fn file<'s>(&'s self, scope: &Scope<'s>, module: Module, owner: &Arc<Crate>) {
        let owner = Arc::clone(owner);
        scope.spawn(move |scope| {
            let Ok(text) = std::fs::read_to_string(&module.path) else { return };
            if !lock(&self.taken).insert(module.path.clone()) {
                return;
            }
            self.progress.found_file();
            self.text(scope, &module, text, &owner);
            self.progress.checked_file();
            // The parser keeps the text of all that this thread has parsed.
            proc_macro2::extra::invalidate_current_thread_spans();
        });
    }

    fn text<'s>(&'s self, scope: &Scope<'s>, module: &Module, text: String, owner: &Arc<Crate>) {
        let source = Source::new(module.path.clone(), &self.workspace.root, text);
        let file = match syn::parse_file(&source.text) {
            Ok(file) => file,
            Err(error) => {
                let at = error.span().start();
                let text = format!("{}:{}:{}: {error}", source.name, at.line, at.column + 1);
                return lock(&self.outcome).unparsed.push(text);
            }
        };
        for child in module.children(&file) {
            self.file(scope, child, owner);
        }
        // Wherever the report is limited to, the copy that the compiler sees stays the same.
        lock(&self.outcome).insertions.extend(self.insertions(&file, &source, module, owner));
        let options = self.options(&source, module, module.is_test(&file), owner);
        if !self.workspace.wants(&source.path) {
            return self.sum_up(summarize(&file, &source.text, &options), owner);
        }
        let mut report = Report {
            source,
            module: module.clone(),
            owner: Arc::clone(owner),
            diagnostics: Vec::new(),
            questions: 0,
            calls: HashSet::new(),
        };
        self.sum_up(report.check(&file, &options), owner);
        lock(&self.reports).push(report);
    }

    fn sum_up(&self, summary: Summary, owner: &Crate) {
        let mut summaries = lock(&self.summaries);
        Arc::make_mut(summaries.entry(owner.root()).or_default()).merge(summary);
    }

    /// Checks the files once more that call a function of another file which blocks. Only now all functions are known.
    fn with_helpers(self) -> Outcome {
        let summaries = into_inner(&self.summaries);
        let mut reports = into_inner(&self.reports);
        reports.par_iter_mut().for_each(|report| {
            let Some(helpers) = summaries.get(&report.owner.root()) else { return };
            if helpers.tells(&report.calls) {
                self.again(report, helpers);
            }
        });
        let mut outcome = into_inner(&self.outcome);
        for report in reports {
            outcome.files += 1;
            outcome.lines += report.source.line_count();
            outcome.questions += report.questions;
            outcome.diagnostics.extend(report.diagnostics);
        }
        outcome
    }

    fn again(&self, report: &mut Report, helpers: &Arc<Summary>) {
        // It has been parsed before.
        let Ok(file) = syn::parse_file(&report.source.text) else { return };
        let options =
            self.options(&report.source, &report.module, report.module.is_test(&file), &report.owner);
        report.check(&file, &Options { helpers: Arc::clone(helpers), ..options });
        proc_macro2::extra::invalidate_current_thread_spans();
    }

    fn insertions(&self, file: &File, source: &Source, module: &Module, owner: &Crate) -> Option<Insertions> {
        let name = owner.name_in_shadow.as_ref().filter(|_| self.typed && !module.is_test(file))?;
        let levels = self.levels.configured(&source.name);
        let blocking = self.configuration.blocking_in(&owner.name());
        let attribute = Attribute::new(name, &levels, &self.configuration.offloaders, &blocking);
        let is_root = module.names.is_empty() && owner.is_library();
        let end =
            if is_root { guards(name, &owner.name(), &self.configuration.guards) } else { String::new() };
        Insertions::of(file, source, attribute, end)
    }

    fn options(&self, source: &Source, module: &Module, is_test: bool, owner: &Crate) -> Options {
        Options {
            levels: self.levels.of(&source.name),
            module: module.names.clone(),
            is_test,
            is_wasm: module.is_wasm,
            crate_names: owner.steadfast.clone(),
            blocking: self.configuration.blocking_in(&owner.name()),
            offloaders: self.configuration.offloaders.clone(),
            ..Options::default()
        }
    }
}

impl Report {
    /// Returns what the functions of the file do.
    fn check(&mut self, file: &File, options: &Options) -> Summary {
        let Checked { findings, summary, calls } = check_source(file, &self.source.text, options);
        let certain = findings.iter().filter(|finding| finding.is_certain());
        self.diagnostics =
            certain.map(|finding| Diagnostic::of(finding, &self.source, &self.owner)).collect();
        self.questions = findings.len() - self.diagnostics.len();
        self.calls = calls;
        summary
    }
}

fn into_inner<T: Default>(mutex: &Mutex<T>) -> T {
    std::mem::take(&mut *lock(mutex))
}

/// No thread panics while it holds one of these; if one did, what it had collected is still right.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
