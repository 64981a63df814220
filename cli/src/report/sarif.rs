//! SARIF 2.1.0 (OASIS), for code scanning.

use serde_json::{Value, json};
use steadfast_rules::{Level, Rule, rules};

use crate::check::Outcome;
use crate::diagnostic::Diagnostic;
use crate::pages;
use crate::source::Region;

pub(super) fn text(outcome: &Outcome) -> String {
    let notifications: Vec<Value> = outcome
        .unparsed
        .iter()
        .map(|file| json!({ "level": "warning", "message": { "text": file } }))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cargo-steadfast",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules().map(described).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notifications }],
            "results": outcome.diagnostics.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn described(rule: &Rule) -> Value {
    let level = match rule.level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Off => "none",
    };
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.explanation },
        "help": { "text": rule.explanation, "markdown": pages::page(rule) },
        "defaultConfiguration": { "level": level, "enabled": rule.level > Level::Off },
    })
}

fn result(diagnostic: &Diagnostic) -> Value {
    let related = diagnostic.related.iter().enumerate().map(|(id, (place, label))| {
        let mut location = location(place);
        location["id"] = json!(id);
        location["message"] = json!({ "text": label });
        location
    });
    json!({
        "ruleId": diagnostic.rule.name,
        "ruleIndex": rules().position(|rule| rule == diagnostic.rule),
        "level": diagnostic.level_name(),
        "message": { "text": super::plain(diagnostic) },
        "locations": [location(&diagnostic.place)],
        "relatedLocations": related.collect::<Vec<_>>(),
    })
}

fn location(place: &Region) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&place.source.name), "uriBaseId": "%SRCROOT%" },
        "region": {
            "startLine": place.start.line,
            "startColumn": place.start.column + 1,
            "endLine": place.end.line,
            "endColumn": place.end.column + 1,
        },
    } })
}

/// A relative reference: what is not unreserved there (RFC 3986) as its bytes.
fn uri(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
