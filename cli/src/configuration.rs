//! `[workspace.metadata.steadfast]` in the manifest of the workspace.

mod read;

use std::collections::BTreeMap;
use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use steadfast_rules::{Level, Levels};

use crate::arguments::RuleLevels;
use crate::failure::Failure;

/// What the workspace says about the rules.
#[derive(Default)]
pub(crate) struct Configuration {
    /// Levels by name of the rule, in the order in which they apply.
    levels: Vec<(String, Level)>,
    /// Functions that block the thread, by path, with what to write instead.
    blocking: Vec<(String, String)>,
    /// Functions and methods that run a closure where it may block, by name.
    pub(crate) offloaders: Vec<String>,
    /// Types whose values block other threads while they live, by path.
    pub(crate) guards: Vec<String>,
    overrides: Vec<Override>,
}

/// Other levels for a part of the files.
struct Override {
    paths: Gitignore,
    levels: Vec<(String, Level)>,
}

impl Configuration {
    /// Reads the manifest. Without the table nothing is configured.
    pub(crate) fn read(manifest: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(manifest).map_err(|error| Failure::file(manifest, &error))?;
        read::configuration(manifest, &text)
    }

    /// Functions that block the thread, as the crate of this name calls them: its own by their path from `crate`.
    pub(crate) fn blocking_in(&self, name: &str) -> Vec<(String, String)> {
        let own = self.blocking.iter().filter_map(|(path, instead)| {
            let below = path.strip_prefix(name)?.strip_prefix("::")?;
            Some((format!("crate::{below}"), instead.clone()))
        });
        self.blocking.iter().cloned().chain(own).collect()
    }

    /// Adds what the command line says. It applies after everything else, so that it wins.
    pub(crate) fn levels_of(&self, line: &RuleLevels) -> Result<FileLevels<'_>, Failure> {
        let mut last = Vec::new();
        for (names, level) in
            [(&line.allow, Level::Off), (&line.warn, Level::Warn), (&line.deny, Level::Error)]
        {
            for name in names {
                // Only to see whether there is such a rule.
                Levels::new().set(name, level).map_err(|unknown| Failure::unknown_rule(&unknown))?;
                last.push((name.clone(), level));
            }
        }
        Ok(FileLevels { configuration: self, last })
    }
}

/// The levels for each file.
pub(crate) struct FileLevels<'c> {
    configuration: &'c Configuration,
    last: Vec<(String, Level)>,
}

impl FileLevels<'_> {
    /// The levels for a file, given by its path from the root of the workspace.
    pub(crate) fn of(&self, file: &str) -> Levels {
        let mut levels = Levels::new();
        for (name, level) in self.configured(file) {
            // The names were looked up when they were read.
            let _ = levels.set(name, level);
        }
        levels
    }

    /// The levels that are set for a file, each rule once.
    pub(crate) fn configured(&self, file: &str) -> BTreeMap<&str, Level> {
        let applies = |other: &&Override| other.paths.matched_path_or_any_parents(file, false).is_ignore();
        let overrides = self.configuration.overrides.iter().filter(applies).flat_map(|other| &other.levels);
        let all = self.configuration.levels.iter().chain(overrides).chain(&self.last);
        all.map(|(name, level)| (name.as_str(), *level)).collect()
    }
}

/// Globs as in a `.gitignore`.
fn globs<'a>(paths: impl Iterator<Item = &'a str>) -> Result<Gitignore, ignore::Error> {
    let mut builder = GitignoreBuilder::new("");
    for path in paths {
        builder.add_line(None, path)?;
    }
    builder.build()
}
