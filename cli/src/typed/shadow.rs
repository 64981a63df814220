//! The copy of the workspace.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use cargo_metadata::Package;
use ignore::{DirEntry, WalkBuilder};

use super::insert::Insertions;
use super::manifest::{Steadfast, members};
use crate::failure::Failure;
use crate::packages::{Workspace, folder};

/// Larger files are not copied but linked, where the file system can.
const MOST_COPIED: u64 = 256 * 1024;
/// The list of what was copied, beside the copy.
const INDEX: &str = "copied.json";

/// A copy that is ready to be compiled.
pub(super) struct Shadow {
    pub(super) root: PathBuf,
    /// The target folder of the copy.
    pub(super) target: PathBuf,
}

/// When a file was changed, in nanoseconds since 1970, and its length.
type Stamp = (u128, u64);

impl Shadow {
    /// Brings the copy up to date. What has not changed keeps its time, so that cargo does not compile it again.
    pub(super) fn write(
        workspace: &Workspace,
        steadfast: &Steadfast,
        insertions: &[Insertions],
    ) -> Result<Self, Failure> {
        let home = workspace.metadata.target_directory.as_std_path().join("steadfast");
        let shadow = Self { root: home.join("workspace"), target: home.join("target") };
        fs::create_dir_all(&shadow.root).map_err(|error| Failure::file(&shadow.root, &error))?;
        let root = workspace.root.canonicalize().map_err(|error| Failure::file(&workspace.root, &error))?;
        let members = members(&workspace.metadata.workspace_packages(), &root)?;
        let mut writing = Writing {
            from: &root,
            to: &shadow.root,
            steadfast,
            insertions: by_path(insertions),
            packages: workspace.chosen.iter().map(|package| (folder(package), package)).collect(),
            members,
            before: read_index(&home.join(INDEX)),
            now: BTreeMap::new(),
        };
        writing.all(workspace)?;
        writing.remove_gone();
        write_index(&home.join(INDEX), &writing.now)?;
        Ok(shadow)
    }

    /// What cargo knows a package of the copy by. Not only its name: what Steadfast depends on may have the same.
    pub(super) fn specification(&self, workspace: &Workspace, package: &Package) -> String {
        let name = package.name.as_str();
        let address = || {
            let root = self.root.canonicalize().ok()?;
            let folder = root.join(folder(package).strip_prefix(workspace.root.canonicalize().ok()?).ok()?);
            // Cargo compares addresses letter by letter, and some letters have more than one spelling.
            let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
            let path = folder.to_str().filter(|path| path.chars().all(is_plain))?.trim_end_matches('/');
            Some(format!("path+file://{path}#{name}@{}", package.version))
        };
        address().unwrap_or_else(|| name.to_owned())
    }
}

fn by_path(insertions: &[Insertions]) -> HashMap<PathBuf, &Insertions> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    insertions.iter().map(|insertions| (real(&insertions.path), insertions)).collect()
}

struct Writing<'w> {
    from: &'w Path,
    to: &'w Path,
    steadfast: &'w Steadfast,
    insertions: HashMap<PathBuf, &'w Insertions>,
    /// The packages that are checked, by folder.
    packages: HashMap<PathBuf, &'w Package>,
    members: Vec<PathBuf>,
    before: BTreeMap<String, Stamp>,
    now: BTreeMap<String, Stamp>,
}

impl Writing<'_> {
    fn all(&mut self, workspace: &Workspace) -> Result<(), Failure> {
        let target = workspace.metadata.target_directory.as_std_path();
        let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
        // Cargo reads the configuration of the folders above as well.
        let nested = target.starts_with(self.from);
        let wanted = move |entry: &DirEntry| entry.path() != target && is_source(entry, nested);
        let walk = WalkBuilder::new(self.from)
            .standard_filters(false)
            .follow_links(true)
            .filter_entry(wanted)
            .build();
        for entry in walk.flatten() {
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                self.file(entry.path()).map_err(|error| Failure::file(entry.path(), &error))??;
            }
        }
        Ok(())
    }

    /// The outer error is that of the file, the inner one says everything itself.
    fn file(&mut self, path: &Path) -> io::Result<Result<(), Failure>> {
        let Ok(relative) = path.strip_prefix(self.from) else { return Ok(Ok(())) };
        let to = self.to.join(relative);
        let name = relative.to_string_lossy().into_owned();
        let metadata = fs::metadata(path)?;
        let stamp = stamp(&metadata);
        self.now.insert(name.clone(), stamp);
        if let Some(insertions) = self.insertions.get(path) {
            let text = fs::read_to_string(path)?;
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            return replace(&to, insertions.apply(text).as_bytes()).map(Ok);
        }
        if path.file_name().is_some_and(|name| name == "Cargo.toml") {
            let text = fs::read_to_string(path)?;
            let package = path.parent().and_then(|folder| self.packages.get(folder)).copied();
            return match self.steadfast.manifest(path, &text, package, &self.members) {
                Ok(text) => replace(&to, text.as_bytes()).map(Ok),
                // A broken manifest that belongs to no member, as in the data of a test, is none of our business.
                Err(_) if package.is_none() => replace(&to, text.as_bytes()).map(Ok),
                Err(failure) => Ok(Err(failure)),
            };
        }
        if self.before.get(&name) == Some(&stamp) && to.exists() && !had_insertions(&to, path)? {
            return Ok(Ok(()));
        }
        duplicate(path, &to, &metadata).map(Ok)
    }

    fn remove_gone(&self) {
        for name in self.before.keys().filter(|name| !self.now.contains_key(*name)) {
            // Gone already is gone.
            let _ = fs::remove_file(self.to.join(name));
        }
    }
}

/// Whether the copy of a source file still holds attributes from an earlier run, when more was checked.
fn had_insertions(to: &Path, path: &Path) -> io::Result<bool> {
    let is_source = path.extension().is_some_and(|extension| extension == "rs");
    Ok(is_source && fs::metadata(to)?.len() != fs::metadata(path)?.len())
}

/// Whether something may be part of what is compiled. What a configuration of cargo names is found from where it is.
fn is_source(entry: &DirEntry, nested: bool) -> bool {
    let name = entry.file_name();
    if entry.depth() == 0 || !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return true;
    }
    let has = |file: &str| entry.path().join(file).exists();
    let skipped = name == ".git" || name == "node_modules" || nested && name == ".cargo";
    !skipped && !has("CACHEDIR.TAG") && !has(".cargo-checksum.json")
}

fn stamp(metadata: &Metadata) -> Stamp {
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (changed.unwrap_or_default().as_nanos(), metadata.len())
}

/// Writes a file unless it is the same already.
fn replace(to: &Path, content: &[u8]) -> io::Result<()> {
    if fs::read(to).is_ok_and(|old| old == content) {
        return Ok(());
    }
    make_room(to)?;
    fs::write(to, content)
}

fn duplicate(from: &Path, to: &Path, metadata: &Metadata) -> io::Result<()> {
    make_room(to)?;
    if metadata.len() > MOST_COPIED && fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    // Not `fs::copy`, which keeps the time on some systems: cargo would take an older file for an unchanged one.
    fs::write(to, fs::read(from)?)
}

/// A file that is there may be a link to the original, which must not be written.
fn make_room(to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::remove_file(to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn read_index(path: &Path) -> BTreeMap<String, Stamp> {
    fs::read(path).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
}

fn write_index(path: &Path, index: &BTreeMap<String, Stamp>) -> Result<(), Failure> {
    let text = serde_json::to_vec(index).map_err(Failure::new)?;
    fs::write(path, text).map_err(|error| Failure::file(path, &error))
}
