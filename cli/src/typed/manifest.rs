//! The manifests of the copy.

use std::fmt::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Package};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::failure::Failure;
use crate::packages::folder;

/// The Steadfast that the copy is compiled with.
pub(super) struct Steadfast {
    /// A folder, or `None` for the published release of this version.
    pub(super) path: Option<PathBuf>,
}

/// Features of Steadfast that know the types of a crate, by the name of that crate.
const KNOWN_CRATES: [(&str, &str); 6] = [
    ("parking_lot", "parking_lot"),
    ("lock_api", "parking_lot"),
    ("dashmap", "dashmap"),
    ("reqwest", "reqwest"),
    ("rusqlite", "rusqlite"),
    ("futures", "futures"),
];

/// The name under which the code of a package in the copy knows Steadfast. `None` if it cannot depend on it.
pub(crate) fn name_in(package: &Package) -> Option<String> {
    // What Steadfast is made of cannot depend on it.
    if package.name.as_str().starts_with("steadfast") {
        return None;
    }
    let own = package.dependencies.iter().find(|dependency| dependency.name == "steadfast");
    Some(own.and_then(|own| own.rename.clone()).unwrap_or_else(|| "steadfast".to_owned()).replace('-', "_"))
}

impl Steadfast {
    /// The manifest of the copy for one in the workspace. `package` is the package it declares, if that is checked.
    pub(super) fn manifest(
        &self,
        path: &Path,
        text: &str,
        package: Option<&Package>,
        members: &[PathBuf],
    ) -> Result<String, Failure> {
        let wrong =
            |error: toml::de::Error| Failure::new(format_args!("{}: {}", path.display(), error.message()));
        let document = DeTable::parse(text).map_err(wrong)?;
        let folder = path.parent().unwrap_or(path);
        let mut edits = Vec::new();
        paths(document.get_ref(), &mut |value| {
            let Some(written) = value.get_ref().as_str() else { return };
            let meant = folder.join(written);
            let meant = meant.canonicalize().unwrap_or(meant);
            if !members.contains(&meant) {
                edits.push((value.span(), quoted(&meant)));
            }
        });
        let mut made = edited(text, edits);
        if let Some(package) = package {
            made.push_str(&self.dependency(package).unwrap_or_default());
        }
        Ok(made)
    }

    /// The text that makes a package depend on Steadfast, in a table that hardly anybody writes: what the manifest says
    /// already stays as it is.
    fn dependency(&self, package: &Package) -> Option<String> {
        let name = name_in(package)?;
        let own = package.dependencies.iter().find(|dependency| dependency.name == "steadfast");
        let mut text = format!("\n[target.'cfg(all())'.dependencies.{name}]\npackage = \"steadfast\"\n");
        match (own.map(|own| (own, &own.path)), &self.path) {
            // The same crate may not be named twice, so it has to be the one that is there.
            (Some((_, Some(path))), _) => {
                let _ = writeln!(text, "path = {}", quoted(path.as_std_path()));
            }
            (Some((own, None)), _) => {
                let _ = writeln!(text, "version = \"{}\"", own.req);
            }
            (None, Some(path)) => {
                let _ = writeln!(text, "path = {}", quoted(path));
            }
            (None, None) => {
                let _ = writeln!(text, "version = \"={}\"", env!("CARGO_PKG_VERSION"));
            }
        }
        let features =
            features(package).iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "features = [{features}]");
        Some(text)
    }
}

fn features(package: &Package) -> Vec<&'static str> {
    let direct = |name: &str| {
        let of_code = |kind| matches!(kind, DependencyKind::Normal);
        package.dependencies.iter().any(|dependency| dependency.name == name && of_code(dependency.kind))
    };
    let mut features: Vec<&str> =
        KNOWN_CRATES.iter().filter(|(krate, _)| direct(krate)).map(|(_, feature)| *feature).collect();
    features.dedup();
    features
}

/// Visits the value of every `path` of a dependency.
fn paths<'t>(document: &DeTable<'t>, visit: &mut dyn FnMut(&Spanned<DeValue<'t>>)) {
    let each = |table: Option<&DeTable<'t>>, visit: &mut dyn FnMut(&Spanned<DeValue<'t>>)| {
        for (_, dependency) in table.into_iter().flatten() {
            if let Some(path) = dependency.get_ref().as_table().and_then(|table| table.get("path")) {
                visit(path);
            }
        }
    };
    let of_kinds = |table: &DeTable<'t>, visit: &mut dyn FnMut(&Spanned<DeValue<'t>>)| {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            each(inner(table, kind), visit);
        }
    };
    of_kinds(document, visit);
    for (_, target) in inner(document, "target").into_iter().flatten() {
        if let Some(target) = target.get_ref().as_table() {
            of_kinds(target, visit);
        }
    }
    if let Some(workspace) = inner(document, "workspace") {
        of_kinds(workspace, visit);
    }
    for (_, registry) in inner(document, "patch").into_iter().flatten() {
        each(registry.get_ref().as_table(), visit);
    }
    each(inner(document, "replace"), visit);
}

fn inner<'d, 't>(table: &'d DeTable<'t>, name: &str) -> Option<&'d DeTable<'t>> {
    table.get(name)?.get_ref().as_table()
}

fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(place, _)| place.start);
    let mut made = String::with_capacity(text.len() + 200);
    let mut done = 0;
    for (place, replacement) in edits {
        made.push_str(&text[done..place.start]);
        made.push_str(&replacement);
        done = place.end;
    }
    made.push_str(&text[done..]);
    if !made.ends_with('\n') {
        made.push('\n');
    }
    made
}

/// A path as a TOML string.
fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The folders of the packages of the workspace. All must be below its root, since the copy holds nothing else.
pub(super) fn members(packages: &[&Package], root: &Path) -> Result<Vec<PathBuf>, Failure> {
    packages
        .iter()
        .map(|package| {
            let folder = folder(package);
            if folder.starts_with(root) {
                return Ok(folder);
            }
            Err(Failure::new(format_args!(
                "`--typed` copies the folder of the workspace, and the package `{}` is not below it",
                package.name
            )))
        })
        .collect()
}
