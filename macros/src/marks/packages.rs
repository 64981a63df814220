//! The packages whose functions may be marked: those that depend on Steadfast.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The sources of the package in `folder` and of those of its dependencies that use Steadfast. `None` if some cannot be
/// found.
pub(super) fn with_marks(folder: &Path) -> Option<Vec<PathBuf>> {
    let lock = folder.ancestors().map(|folder| folder.join("Cargo.lock")).find(|lock| lock.exists())?;
    let mut sources = Vec::new();
    let mut seen = HashSet::new();
    local(folder, &mut seen, &mut sources)?;
    // Dependencies that a workspace's members share stand in its root.
    if let Some(root) = lock.parent() {
        paths(&fs::read_to_string(root.join("Cargo.toml")).ok()?, root)
            .filter(|path| path.is_dir())
            .try_for_each(|path| local(&path, &mut seen, &mut sources))?;
    }
    for package in foreign(&fs::read_to_string(lock).ok()?) {
        sources.push(in_registry(&package?)?);
    }
    Some(sources)
}

/// In these nothing is marked.
const OURS: [&str; 3] = ["steadfast", "steadfast-macros", "steadfast-rules"];

/// Adds the package in a folder, and those that it depends on by their path.
fn local(folder: &Path, seen: &mut HashSet<PathBuf>, sources: &mut Vec<PathBuf>) -> Option<()> {
    let folder = folder.canonicalize().ok()?;
    if !seen.insert(folder.clone()) {
        return Some(());
    }
    // A folder without a manifest is none of a package.
    let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else { return Some(()) };
    let is_named = |name: &&str| manifest.contains(&format!("name = \"{name}\""));
    if OURS.iter().any(is_named) {
        return Some(());
    }
    if manifest.contains("steadfast") {
        sources.push(folder.clone());
    }
    for path in paths(&manifest, &folder) {
        if path.is_dir() {
            local(&path, seen, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.starts_with(&folder) {
            sources.push(path);
        }
    }
    Some(())
}

/// The paths in a manifest: of dependencies, and of the roots of crates.
fn paths<'a>(manifest: &'a str, folder: &'a Path) -> impl Iterator<Item = PathBuf> + 'a {
    let values = manifest.split("path").skip(1).filter_map(|rest| {
        let value = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        value[1..].split(quote).next()
    });
    values.map(|path| folder.join(path)).filter(|path| path.exists())
}

/// The packages from elsewhere that depend on Steadfast, each with its version. `None` for one that has no version in a
/// registry.
fn foreign(lock: &str) -> impl Iterator<Item = Option<String>> + '_ {
    lock.split("[[package]]").skip(1).filter_map(|package| {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
            line.map(|value| value.trim_matches('"'))
        };
        let depends = package.lines().any(|line| {
            let name = line.trim().trim_start_matches('"').split(['"', ' ']).next();
            name == Some("steadfast")
        });
        let source = value("source").filter(|_| depends)?;
        let registered = source.starts_with("registry+") || source.starts_with("sparse+");
        Some(match (registered, value("name"), value("version")) {
            (true, Some(name), Some(version)) => Some(format!("{name}-{version}")),
            _ => None,
        })
    })
}

/// The folder in which cargo keeps the source of a package.
fn in_registry(package: &str) -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    let registries = fs::read_dir(home.join("registry").join("src")).ok()?;
    registries.flatten().map(|registry| registry.path().join(package)).find(|folder| folder.is_dir())
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn packages_from_elsewhere_that_depend_on_steadfast() {
        let lock = r#"
version = 4

[[package]]
name = "app"
version = "0.1.0"
dependencies = [
 "steadfast",
]

[[package]]
name = "store"
version = "1.2.3"
source = "registry+https://example.org/index"
dependencies = [
 "steadfast",
 "tokio",
]

[[package]]
name = "branch"
version = "0.1.0"
source = "git+https://example.org/branch#abc"
dependencies = [
 "steadfast 0.1.0",
]

[[package]]
name = "steadfast"
version = "0.1.0"
source = "registry+https://example.org/index"
dependencies = [
 "steadfast-macros",
]
"#;
        let found: Vec<Option<String>> = foreign(lock).collect();
        assert_eq!(found, [Some("store-1.2.3".to_owned()), None]);
    }
}
