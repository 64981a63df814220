//! From TOML to what it means, with the place of every mistake.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level as Severity, Renderer, Snippet};
use steadfast_rules::{Level, Levels, nearest};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Configuration, Override, globs};
use crate::failure::{Failure, LISTED};

const KEYS: [&str; 5] = ["levels", "blocking", "offloaders", "guards", "overrides"];
const BLOCKING_KEYS: [&str; 2] = ["path", "instead"];
const OVERRIDE_KEYS: [&str; 2] = ["paths", "levels"];

/// A mistake in the manifest.
struct Mistake {
    place: Range<usize>,
    message: String,
    help: Option<String>,
}

type Read<T> = Result<T, Vec<Mistake>>;
type Value<'t> = Spanned<DeValue<'t>>;
type Key<'t> = Spanned<Cow<'t, str>>;

pub(super) fn configuration(manifest: &Path, text: &str) -> Result<Configuration, Failure> {
    let document = DeTable::parse(text).map_err(|error| {
        let place = error.span().unwrap_or(0..0);
        failure(manifest, text, vec![Mistake { place, message: error.message().to_owned(), help: None }])
    })?;
    settings(document.get_ref()).map_err(|mistakes| failure(manifest, text, mistakes))
}

/// All that were read, or the mistakes of all.
fn all<T>(reads: impl IntoIterator<Item = Read<T>>) -> Read<Vec<T>> {
    let (mut values, mut mistakes) = (Vec::new(), Vec::new());
    for read in reads {
        match read {
            Ok(value) => values.push(value),
            Err(more) => mistakes.extend(more),
        }
    }
    if mistakes.is_empty() { Ok(values) } else { Err(mistakes) }
}

fn settings(document: &DeTable<'_>) -> Read<Configuration> {
    if let Some((key, _)) = of_steadfast(document, "package") {
        return Err(vec![Mistake {
            place: key.span(),
            message: "the rules are configured for a workspace, not for a package".to_owned(),
            help: Some("write `[workspace.metadata.steadfast]`, in the manifest of the workspace".to_owned()),
        }]);
    }
    match of_steadfast(document, "workspace") {
        Some((_, value)) => read(table(value)?),
        None => Ok(Configuration::default()),
    }
}

/// `steadfast` in the metadata of a package or workspace.
fn of_steadfast<'v, 't>(document: &'v DeTable<'t>, of: &str) -> Option<(&'v Key<'t>, &'v Value<'t>)> {
    let metadata = document.get(of)?.get_ref().as_table()?.get("metadata")?;
    metadata.get_ref().as_table()?.get_key_value("steadfast")
}

/// What is wrong, in the order of the text.
fn failure(manifest: &Path, text: &str, mut mistakes: Vec<Mistake>) -> Failure {
    mistakes.sort_by_key(|mistake| mistake.place.start);
    let shown: Vec<String> = mistakes.iter().map(|mistake| rendered(manifest, text, mistake)).collect();
    Failure(shown.join("\n\n"))
}

fn rendered(manifest: &Path, text: &str, mistake: &Mistake) -> String {
    let place = mistake.place.start.min(text.len())..mistake.place.end.min(text.len());
    let snippet = Snippet::source(text)
        .path(manifest.to_string_lossy())
        .annotation(AnnotationKind::Primary.span(place));
    let mut group = Severity::ERROR.primary_title(mistake.message.as_str()).element(snippet);
    if let Some(help) = &mistake.help {
        group = group.element(Severity::HELP.message(help.as_str()));
    }
    Renderer::plain().render(&[group])
}

fn read(table: &DeTable<'_>) -> Read<Configuration> {
    let mut read = Configuration::default();
    all(table.iter().map(|(key, value)| {
        match key.get_ref().as_ref() {
            "levels" => read.levels = levels(value)?,
            "blocking" => read.blocking = all(array(value)?.iter().map(blocking))?,
            "offloaders" => read.offloaders = all(array(value)?.iter().map(name))?,
            "guards" => read.guards = strings(value)?,
            "overrides" => read.overrides = all(array(value)?.iter().map(overriding))?,
            name => return Err(unknown(name, key.span(), &KEYS)),
        }
        Ok(())
    }))?;
    Ok(read)
}

fn unknown(name: &str, place: Range<usize>, known: &[&str]) -> Vec<Mistake> {
    let near = nearest(name, known.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    vec![Mistake {
        place,
        message: format!("there is no setting `{name}`{}", near.unwrap_or_default()),
        help: Some(format!("there are {list}")),
    }]
}

fn levels(value: &Value<'_>) -> Read<Vec<(String, Level)>> {
    all(table(value)?.iter().map(|(rule, value)| match (known(rule), level(value)) {
        (Ok(name), Ok(level)) => Ok((name, level)),
        (name, level) => Err([name.err(), level.err()].into_iter().flatten().flatten().collect()),
    }))
}

fn known(rule: &Key<'_>) -> Read<String> {
    let name = rule.get_ref();
    Levels::new().set(name, Level::Off).map(|()| name.to_string()).map_err(|unknown| {
        vec![Mistake { place: rule.span(), message: unknown.to_string(), help: Some(LISTED.to_owned()) }]
    })
}

fn level(value: &Value<'_>) -> Read<Level> {
    match value.get_ref().as_str() {
        Some("error" | "deny") => Ok(Level::Error),
        Some("warn") => Ok(Level::Warn),
        Some("off" | "allow") => Ok(Level::Off),
        _ => Err(vec![expected("\"error\", \"warn\" or \"off\"", value)]),
    }
}

/// `"path"` or `{ path = "..", instead = ".." }`
fn blocking(value: &Value<'_>) -> Read<(String, String)> {
    if let Some(path) = value.get_ref().as_str() {
        return Ok((whole(path, value)?, String::new()));
    }
    let table = value
        .get_ref()
        .as_table()
        .ok_or_else(|| vec![expected("a path, or a table with `path` and `instead`", value)])?;
    let mut path = None;
    let mut instead = String::new();
    all(table.iter().map(|(key, value)| {
        match key.get_ref().as_ref() {
            "path" => path = Some(whole(&string(value)?, value)?),
            "instead" => instead = string(value)?,
            name => return Err(unknown(name, key.span(), &BLOCKING_KEYS)),
        }
        Ok(())
    }))?;
    match path {
        Some(path) => Ok((path, instead)),
        None => Err(vec![missing("path", value)]),
    }
}

/// A path from its crate on: a name alone would be that of no function.
fn whole(path: &str, value: &Value<'_>) -> Read<String> {
    if path.contains("::") {
        return Ok(path.to_owned());
    }
    let help = format!("write `\"my_crate::{path}\"`");
    Err(vec![Mistake { help: Some(help), ..expected("a path from its crate on", value) }])
}

/// A name without a path: those that run a closure are known by it.
fn name(value: &Value<'_>) -> Read<String> {
    let written = string(value)?;
    let last = written.rsplit("::").next().unwrap_or_default();
    if last == written {
        return Ok(written);
    }
    let help = Some(format!("write `\"{last}\"`"));
    Err(vec![Mistake { help, ..expected("a name, without its path", value) }])
}

fn overriding(value: &Value<'_>) -> Read<Override> {
    let mut paths = None;
    let mut changed = None;
    all(table(value)?.iter().map(|(key, value)| {
        match key.get_ref().as_ref() {
            "paths" => paths = Some((strings(value)?, value.span())),
            "levels" => changed = Some(levels(value)?),
            name => return Err(unknown(name, key.span(), &OVERRIDE_KEYS)),
        }
        Ok(())
    }))?;
    let (paths, place) = paths.ok_or_else(|| vec![missing("paths", value)])?;
    let levels = changed.ok_or_else(|| vec![missing("levels", value)])?;
    let paths = globs(paths.iter().map(String::as_str)).map_err(|error| {
        vec![Mistake {
            place,
            message: error.to_string(),
            help: Some("write globs as in a `.gitignore`: `paths = [\"examples/**\"]`".to_owned()),
        }]
    })?;
    Ok(Override { paths, levels })
}

fn missing(key: &str, value: &Value<'_>) -> Mistake {
    Mistake { place: value.span(), message: format!("`{key}` is missing here"), help: None }
}

fn expected(what: &str, value: &Value<'_>) -> Mistake {
    Mistake { place: value.span(), message: format!("this must be {what}"), help: None }
}

fn table<'v, 't>(value: &'v Value<'t>) -> Read<&'v DeTable<'t>> {
    value.get_ref().as_table().ok_or_else(|| vec![expected("a table", value)])
}

fn array<'v, 't>(value: &'v Value<'t>) -> Read<&'v [Value<'t>]> {
    value.get_ref().as_array().map(|array| &**array).ok_or_else(|| vec![expected("a list", value)])
}

fn strings(value: &Value<'_>) -> Read<Vec<String>> {
    all(array(value)?.iter().map(string))
}

fn string(value: &Value<'_>) -> Read<String> {
    value.get_ref().as_str().map(str::to_owned).ok_or_else(|| vec![expected("a string", value)])
}
