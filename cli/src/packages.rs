//! Which code is checked.

use std::path::{Path, PathBuf};

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand, Package, PackageId, Target, TargetKind};

use crate::arguments::Check;
use crate::failure::Failure;
use crate::typed;

/// The workspace at hand, and what of it is to be checked.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) metadata: Metadata,
    pub(crate) chosen: Vec<Package>,
    /// What the report is limited to. Empty: everything that is checked.
    pub(crate) paths: Vec<PathBuf>,
}

impl Workspace {
    /// Asks cargo. Without a package, a path or `--workspace` it is what `cargo check` would take.
    pub(crate) fn find(arguments: &Check) -> Result<Self, Failure> {
        let paths = arguments.paths.iter().map(|path| existing(path)).collect::<Result<Vec<_>, _>>()?;
        let mut command = MetadataCommand::new();
        // Nothing that has to be downloaded is asked for.
        command.no_deps();
        if let Some(manifest) = &arguments.selection.manifest_path {
            command.manifest_path(manifest);
        } else if let Some(first) = paths.first() {
            command.current_dir(if first.is_dir() { first } else { first.parent().unwrap_or(first) });
        }
        if arguments.cargo.iter().any(|argument| argument == "--all-features") {
            command.features(CargoOpt::AllFeatures);
        }
        let metadata = command.exec().map_err(|error| match error {
            // What cargo says begins with `error: ` already.
            cargo_metadata::Error::CargoMetadata { stderr } => Failure(stderr.trim_end().to_owned()),
            other => Failure::new(other),
        })?;
        let root = metadata.workspace_root.clone().into_std_path_buf();
        let chosen = choose(&metadata, arguments, &paths)?;
        Ok(Self { root, metadata, chosen, paths })
    }

    /// Whether findings in this file are wanted.
    pub(crate) fn wants(&self, file: &Path) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|path| file.starts_with(path))
    }

    pub(crate) fn manifest(&self) -> PathBuf {
        self.root.join("Cargo.toml")
    }
}

fn existing(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|error| Failure::file(path, &error))
}

fn choose(metadata: &Metadata, arguments: &Check, paths: &[PathBuf]) -> Result<Vec<Package>, Failure> {
    let members = metadata.workspace_packages();
    let names = &arguments.selection.package;
    if !names.is_empty() {
        return names.iter().map(|name| named(&members, name)).collect();
    }
    if arguments.selection.workspace {
        return Ok(cloned(members));
    }
    if !paths.is_empty() {
        return Ok(cloned(
            members.into_iter().filter(|package| paths.iter().any(|path| touches(package, path))),
        ));
    }
    Ok(default_packages(metadata, members, arguments))
}

fn named(members: &[&Package], name: &str) -> Result<Package, Failure> {
    let found = members.iter().find(|package| package.name.as_str() == name);
    found.map(|package| (*package).clone()).ok_or_else(|| {
        let known = members.iter().map(|package| package.name.as_str());
        let near = steadfast_rules::nearest(name, known).map(|near| format!("; did you mean `{near}`?"));
        Failure::new(format_args!("the workspace has no package `{name}`{}", near.unwrap_or_default()))
    })
}

/// Whether a part of the package is in the path, or the path in the package.
fn touches(package: &Package, path: &Path) -> bool {
    let folder = folder(package);
    folder.starts_with(path) || path.starts_with(&folder)
}

/// The folder of the package, without symbolic links, as the paths on the command line are.
pub(crate) fn folder(package: &Package) -> PathBuf {
    let folder =
        package.manifest_path.parent().map(|folder| folder.as_std_path().to_owned()).unwrap_or_default();
    folder.canonicalize().unwrap_or(folder)
}

/// What cargo takes: the package whose folder we are in, or what the workspace names as its default.
fn default_packages(metadata: &Metadata, members: Vec<&Package>, arguments: &Check) -> Vec<Package> {
    let manifest = arguments.selection.manifest_path.as_ref().and_then(|path| path.canonicalize().ok());
    let here = match manifest {
        Some(manifest) => manifest.parent().map(Path::to_owned),
        None => std::env::current_dir().ok().and_then(|here| here.canonicalize().ok()),
    };
    let root = metadata.workspace_root.as_std_path().canonicalize().unwrap_or_default();
    let here = here.filter(|here| *here != root);
    let around = here.and_then(|here| {
        let around =
            members.iter().filter(|package| here.starts_with(folder(package)) && folder(package) != root);
        around.max_by_key(|package| folder(package).components().count()).copied()
    });
    if let Some(package) = around {
        return vec![package.clone()];
    }
    let defaults = metadata.workspace_default_packages();
    cloned(if defaults.is_empty() { members } else { defaults })
}

fn cloned<'a>(packages: impl IntoIterator<Item = &'a Package>) -> Vec<Package> {
    packages.into_iter().cloned().collect()
}

/// A target of a package, as cargo names it in its messages.
#[derive(Debug)]
pub(crate) struct Crate {
    pub(crate) package: PackageId,
    pub(crate) manifest: String,
    pub(crate) target: Target,
    /// The names under which the package knows Steadfast.
    pub(crate) steadfast: Vec<String>,
    /// The one under which it does in the copy for `--typed`. `None` if it cannot depend on Steadfast.
    pub(crate) name_in_shadow: Option<String>,
}

impl Crate {
    pub(crate) fn of(package: &Package, target: &Target) -> Self {
        Self {
            package: package.id.clone(),
            manifest: package.manifest_path.to_string(),
            target: target.clone(),
            steadfast: crate_names(package),
            name_in_shadow: typed::name_in(package),
        }
    }

    /// The name of the crate in paths.
    pub(crate) fn name(&self) -> String {
        self.target.name.replace('-', "_")
    }

    /// The root file.
    pub(crate) fn root(&self) -> PathBuf {
        self.target.src_path.clone().into_std_path_buf()
    }

    pub(crate) fn is_library(&self) -> bool {
        self.target.kind.iter().any(typed::is_library)
    }

    /// A target of a package that was not chosen.
    pub(crate) fn foreign(package: PackageId, target: Target) -> Self {
        Self { package, manifest: String::new(), target, steadfast: Vec::new(), name_in_shadow: None }
    }
}

/// Whether all of a target is test code.
pub(crate) fn is_test(target: &Target) -> bool {
    target.kind.iter().any(|kind| matches!(kind, TargetKind::Test | TargetKind::Bench))
}

fn crate_names(package: &Package) -> Vec<String> {
    let renamed = package.dependencies.iter().filter(|dependency| dependency.name == "steadfast");
    let names =
        renamed.filter_map(|dependency| dependency.rename.as_ref()).map(|name| name.replace('-', "_"));
    std::iter::once("steadfast".to_owned()).chain(names).collect()
}
