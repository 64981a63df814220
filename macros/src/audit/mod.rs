//! `audit!()`: the certain findings of all files of the crate.

mod elsewhere;
mod report;
mod root;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use steadfast_rules::{
    Checked as Found, Finding, Level, Module, Options, Source, Summary, check_source, load,
};

use crate::checked::Checked;
use crate::errors::Errors;
use crate::parse::crate_path::CratePath;
use elsewhere::Elsewhere;
use report::Report;

/// Expands `audit!()`.
pub(crate) fn expand(arguments: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let checked = Checked::parse(arguments, &errors);
    let mut tokens = errors.into_tokens();
    let Some(root) = root::of_crate(Span::call_site()) else {
        tokens.extend(quote!(::core::compile_error! {
            "the root file of this crate is not known here; `cargo steadfast check` finds it"
        }));
        return tokens;
    };
    let options = Options {
        sees_module: true,
        ..checked.options(checked.krate.as_ref().and_then(CratePath::last_name))
    };
    let audit = without_compiler(|| Audit::of(root, &options));
    audit.reports.iter().for_each(|report| tokens.extend(report.tokens()));
    audit.files.iter().for_each(|file| tokens.extend(track(file)));
    tokens
}

/// What was read and found, without a token in it.
struct Audit {
    reports: Vec<Report>,
    /// All files that were read: when one changes, the macro has to run again.
    files: Vec<PathBuf>,
}

impl Audit {
    fn of(root: PathBuf, options: &Options) -> Self {
        let mut files = Vec::new();
        let tree = load(Module::root(root, false), |path: &Path| {
            let text = fs::read_to_string(path).ok()?;
            files.push(path.to_owned());
            Some(text)
        });
        let of_file = |source: &Source| Options {
            is_test: source.module.is_test(&source.file),
            is_wasm: source.module.is_wasm,
            module: source.module.names.clone(),
            ..options.clone()
        };
        let mut checked: Vec<Found> = tree
            .files
            .iter()
            .map(|source| check_source(&source.file, &source.text, &of_file(source)))
            .collect();
        let mut helpers = Summary::default();
        for checked in &mut checked {
            helpers.merge(std::mem::take(&mut checked.summary));
        }
        let helpers = Arc::new(helpers);
        let reports = tree.files.iter().zip(checked).flat_map(|(source, mut checked)| {
            let options = of_file(source);
            // Only now all functions are known.
            if helpers.tells(&checked.calls) {
                let options = Options { helpers: Arc::clone(&helpers), ..options.clone() };
                checked = check_source(&source.file, &source.text, &options);
            }
            reported(source, &checked.findings, &options)
        });
        let reports = reports.collect();
        Self { reports, files }
    }
}

fn reported(source: &Source, findings: &[Finding], options: &Options) -> Vec<Report> {
    let elsewhere = Elsewhere::of(&source.file, &options.crate_names);
    let reported =
        |finding: &&Finding| finding.is_certain() && finding.level > Level::Off && !elsewhere.has(finding);
    findings.iter().filter(reported).map(|finding| Report::of(finding, source)).collect()
}

/// Parses without rustc: tokens that it makes of a string have no lines.
///
/// Nothing made in here may be mixed with tokens of the compiler, which the type of the result sees to at its one use.
fn without_compiler<T>(work: impl FnOnce() -> T) -> T {
    struct Back;
    impl Drop for Back {
        fn drop(&mut self) {
            proc_macro2::fallback::unforce();
        }
    }
    proc_macro2::fallback::force();
    let _back = Back;
    let made = work();
    // The parser keeps the text of all files, and the process of an editor lives long.
    proc_macro2::extra::invalidate_current_thread_spans();
    made
}

/// Makes rustc, and so cargo, look at the file when it decides whether to compile again.
fn track(file: &Path) -> TokenStream {
    let file = env::current_dir().unwrap_or_default().join(file);
    // A path that is not Unicode cannot be written down.
    let Some(file) = file.to_str() else { return TokenStream::new() };
    quote!(
        const _: &[u8] = ::core::include_bytes!(#file);
    )
}

#[cfg(test)]
mod tests;
