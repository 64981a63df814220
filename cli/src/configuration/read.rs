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

type Read<T> = Result<T, Mistake>;
type Value<'t> = Spanned<DeValue<'t>>;
type Key<'t> = Spanned<Cow<'t, str>>;

pub(super) fn configuration(manifest: &Path, text: &str) -> Result<Configuration, Failure> {
    let document = DeTable::parse(text).map_err(|error| {
        let place = error.span().unwrap_or(0..0);
        failure(manifest, text, &Mistake { place, message: error.message().to_owned(), help: None })
    })?;
    settings(document.get_ref()).map_err(|mistake| failure(manifest, text, &mistake))
}

fn settings(document: &DeTable<'_>) -> Read<Configuration> {
    if let Some((key, _)) = of_steadfast(document, "package") {
        return Err(Mistake {
            place: key.span(),
            message: "the rules are configured for a workspace, not for a package".to_owned(),
            help: Some("write `[workspace.metadata.steadfast]`, in the manifest of the workspace".to_owned()),
        });
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

fn failure(manifest: &Path, text: &str, mistake: &Mistake) -> Failure {
    let place = mistake.place.start.min(text.len())..mistake.place.end.min(text.len());
    let snippet = Snippet::source(text)
        .path(manifest.to_string_lossy())
        .annotation(AnnotationKind::Primary.span(place));
    let mut group = Severity::ERROR.primary_title(mistake.message.as_str()).element(snippet);
    if let Some(help) = &mistake.help {
        group = group.element(Severity::HELP.message(help.as_str()));
    }
    Failure(Renderer::plain().render(&[group]))
}

fn read(table: &DeTable<'_>) -> Read<Configuration> {
    let mut read = Configuration::default();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "levels" => read.levels = levels(value)?,
            "blocking" => read.blocking = array(value)?.iter().map(blocking).collect::<Read<_>>()?,
            "offloaders" => read.offloaders = array(value)?.iter().map(name).collect::<Read<_>>()?,
            "guards" => read.guards = strings(value)?,
            "overrides" => read.overrides = array(value)?.iter().map(overriding).collect::<Read<_>>()?,
            name => return Err(unknown(name, key.span(), &KEYS)),
        }
    }
    Ok(read)
}

fn unknown(name: &str, place: Range<usize>, known: &[&str]) -> Mistake {
    let near = nearest(name, known.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    Mistake {
        place,
        message: format!("there is no setting `{name}`{}", near.unwrap_or_default()),
        help: Some(format!("there are {list}")),
    }
}

fn levels(value: &Value<'_>) -> Read<Vec<(String, Level)>> {
    table(value)?
        .iter()
        .map(|(rule, value)| {
            let level = level(value)?;
            Levels::new().set(rule.get_ref(), level).map_err(|unknown| Mistake {
                place: rule.span(),
                message: unknown.to_string(),
                help: Some(LISTED.to_owned()),
            })?;
            Ok((rule.get_ref().to_string(), level))
        })
        .collect()
}

fn level(value: &Value<'_>) -> Read<Level> {
    match value.get_ref().as_str() {
        Some("error" | "deny") => Ok(Level::Error),
        Some("warn") => Ok(Level::Warn),
        Some("off" | "allow") => Ok(Level::Off),
        _ => Err(expected("\"error\", \"warn\" or \"off\"", value)),
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
        .ok_or_else(|| expected("a path, or a table with `path` and `instead`", value))?;
    let mut path = None;
    let mut instead = String::new();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "path" => path = Some(whole(&string(value)?, value)?),
            "instead" => instead = string(value)?,
            name => return Err(unknown(name, key.span(), &BLOCKING_KEYS)),
        }
    }
    match path {
        Some(path) => Ok((path, instead)),
        None => Err(missing("path", value)),
    }
}

/// A path from its crate on: a name alone would be that of no function.
fn whole(path: &str, value: &Value<'_>) -> Read<String> {
    if path.contains("::") {
        return Ok(path.to_owned());
    }
    let help = format!("write `\"my_crate::{path}\"`");
    Err(Mistake { help: Some(help), ..expected("a path from its crate on", value) })
}

/// A name without a path: those that run a closure are known by it.
fn name(value: &Value<'_>) -> Read<String> {
    let written = string(value)?;
    let last = written.rsplit("::").next().unwrap_or_default();
    if last == written {
        return Ok(written);
    }
    Err(Mistake { help: Some(format!("write `\"{last}\"`")), ..expected("a name, without its path", value) })
}

fn overriding(value: &Value<'_>) -> Read<Override> {
    let mut paths = None;
    let mut changed = None;
    for (key, value) in table(value)? {
        match key.get_ref().as_ref() {
            "paths" => paths = Some((strings(value)?, value.span())),
            "levels" => changed = Some(levels(value)?),
            name => return Err(unknown(name, key.span(), &OVERRIDE_KEYS)),
        }
    }
    let (paths, place) = paths.ok_or_else(|| missing("paths", value))?;
    let levels = changed.ok_or_else(|| missing("levels", value))?;
    let paths = globs(paths.iter().map(String::as_str)).map_err(|error| Mistake {
        place,
        message: error.to_string(),
        help: Some("write globs as in a `.gitignore`: `paths = [\"examples/**\"]`".to_owned()),
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
    value.get_ref().as_table().ok_or_else(|| expected("a table", value))
}

fn array<'v, 't>(value: &'v Value<'t>) -> Read<&'v [Value<'t>]> {
    value.get_ref().as_array().map(|array| &**array).ok_or_else(|| expected("a list", value))
}

fn strings(value: &Value<'_>) -> Read<Vec<String>> {
    array(value)?.iter().map(string).collect()
}

fn string(value: &Value<'_>) -> Read<String> {
    value.get_ref().as_str().map(str::to_owned).ok_or_else(|| expected("a string", value))
}
