//! All files of the chosen packages, on all threads.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use cargo_metadata::Package;
use rayon::Scope;
use steadfast_rules::{Module, Options, check_file};
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
    };
    for tests in [false, true] {
        rayon::scope(|scope| {
            for package in &workspace.chosen {
                checking.package(scope, package, tests);
            }
        });
    }
    checking.outcome.into_inner().unwrap_or_else(PoisonError::into_inner)
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
        if !self.workspace.wants(&source.path) {
            return;
        }
        let findings = check_file(&file, &self.options(&source, module.is_test(&file), owner));
        let certain = findings.iter().filter(|finding| finding.is_certain());
        let diagnostics: Vec<_> = certain.map(|finding| Diagnostic::of(finding, &source, owner)).collect();
        let mut outcome = lock(&self.outcome);
        outcome.questions += findings.len() - diagnostics.len();
        outcome.files += 1;
        outcome.lines += source.line_count();
        outcome.diagnostics.extend(diagnostics);
    }

    fn insertions(&self, file: &File, source: &Source, module: &Module, owner: &Crate) -> Option<Insertions> {
        let name = owner.name_in_shadow.as_ref().filter(|_| self.typed && !module.is_test(file))?;
        let levels = self.levels.configured(&source.name);
        let attribute = Attribute::new(name, &levels, &self.configuration.offloaders);
        let is_root = module.names.is_empty() && owner.is_library();
        let end =
            if is_root { guards(name, &owner.name(), &self.configuration.guards) } else { String::new() };
        Insertions::of(file, source, attribute, end)
    }

    fn options(&self, source: &Source, is_test: bool, owner: &Crate) -> Options {
        Options {
            levels: self.levels.of(&source.name),
            is_test,
            crate_names: owner.steadfast.clone(),
            blocking: self.configuration.blocking.clone(),
            offloaders: self.configuration.offloaders.clone(),
            ..Options::default()
        }
    }
}

/// No thread panics while it holds one of these; if one did, what it had collected is still right.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
