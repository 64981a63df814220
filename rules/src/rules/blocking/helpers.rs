//! Calls of functions that block, one call away.

use quote::ToTokens;
use syn::ExprMethodCall;

use super::site;
use super::tokio_methods::METHODS;
use crate::finding::Draft;
use crate::marked::FunctionMark;
use crate::rule::{Family, Level, Rule};
use crate::rules::marked::{MarkedCall, marked_call, marked_method};
use crate::summary::Deed;
use crate::syntax::plain_name;
use crate::walk::{Call, Cx, Hook};
use crate::words::joined;

pub(crate) static TRANSITIVE_BLOCKING: Rule = Rule {
    name: "transitive_blocking",
    family: Family::Blocking,
    level: Level::Warn,
    since: "0.2.0",
    summary: "a call of a synchronous function that blocks, in async code",
    explanation: "What the function does to the thread, it does to the thread of whoever calls it: here one of the \
                  runtime, with all its tasks.",
    blind_spots: "One call is followed, in the same crate, by its path or as a method of `self`. Two functions of one \
                  name, behind different `cfg`s, tell nothing.",
    bad: "fn settings() -> String {\n    std::fs::read_to_string(\"settings.toml\").unwrap_or_default()\n}\n\
          async fn serve() {\n    println!(\"{}\", settings());\n}\n",
    good: "fn settings() -> String {\n    std::fs::read_to_string(\"settings.toml\").unwrap_or_default()\n}\n\
           async fn serve() {\n    println!(\"{}\", tokio::task::spawn_blocking(settings).await.unwrap());\n}\n",
    triggers: &WORDS,
    in_tests: false,
    eases: true,
    hooks: &[Hook::Call(check_transitive_call), Hook::Method(check_transitive_method)],
};

/// What stands in a source with a function that blocks for certain: the modules of `std` and the crates that its path leads
/// through, or the method.
const WORDS: [&str; PATHS.len() + METHODS.len()] = joined(&[&PATHS, &METHODS]);

const PATHS: [&str; 26] = [
    "fs",
    "net",
    "process",
    "thread",
    "mpsc",
    "Barrier",
    "Condvar",
    "stdin",
    "Stdin",
    "StdinLock",
    "reqwest",
    "ureq",
    "minreq",
    "attohttpc",
    "rusqlite",
    "postgres",
    "diesel",
    "redis",
    "r2d2",
    "sled",
    "bcrypt",
    "argon2",
    "scrypt",
    "pbkdf2",
    "crossbeam_channel",
    "flume",
];

pub(crate) static BLOCKING_FN_CALL: Rule = Rule {
    name: "blocking_fn_call",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "a call of a function that is marked with `#[steadfast::blocking]`, in async code",
    explanation: "Whoever wrote the function says that it blocks the thread: here one of the runtime, with all its tasks.",
    blind_spots: "`cargo steadfast check` and `audit!` know the functions of the same crate. Attributes and `--typed` ask the \
                  compiler about every crate, also where an import gives another name. What a block imports with `*` or under a \
                  `cfg` is not asked about. A method is looked for on a variable or field, behind up to three smart pointers of \
                  `std` and `tokio`; one of a trait is not seen, nor is `Type::function()`.",
    bad: "#[steadfast::blocking]\nfn index() {}\nasync fn serve() {\n    index();\n}\n",
    good: "#[steadfast::blocking]\nfn index() {}\nasync fn serve() {\n    tokio::task::spawn_blocking(index).await.unwrap();\n}\n",
    triggers: &["blocking"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check_marked_call), Hook::Method(check_marked_method)],
};

pub(crate) static CONFIGURED_BLOCKING_CALL: Rule = Rule {
    name: "configured_blocking_call",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "a call in async code that your configuration names",
    explanation: "Your configuration says that the function blocks the thread: here one of the runtime, with all its \
                  tasks.",
    blind_spots: "A method is known if the type of its receiver is written down in the same function.",
    bad: "mod legacy {\n    pub fn index() {}\n}\nasync fn serve() {\n    legacy::index();\n}\n",
    good: "mod legacy {\n    pub fn index() {}\n}\nasync fn serve() {\n    tokio::task::spawn_blocking(legacy::index).await.unwrap();\n}\n",
    triggers: &["async"],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check_configured_call), Hook::Method(check_configured_method)],
};

/// The rules whose findings in a synchronous function make it one that blocks. A function that calls `block_on` is
/// none of them: it mostly makes sure that it can.
pub(crate) static SUMMED_UP: &[&Rule] = &[
    &super::sleep::BLOCKING_SLEEP,
    &super::files::BLOCKING_FS,
    &super::handles::BLOCKING_IO_HANDLE,
    &super::net::BLOCKING_NET,
    &super::process::BLOCKING_PROCESS,
    &super::stdin::BLOCKING_STDIN,
    &super::clients::BLOCKING_HTTP_CLIENT,
    &super::clients::BLOCKING_DB_CLIENT,
    &super::tokio_methods::TOKIO_BLOCKING_METHOD,
    &super::channels::BLOCKING_CHANNEL_RECV,
    &super::threads::BLOCKING_THREAD_JOIN,
    &super::threads::BLOCKING_SYNC_WAIT,
    &super::compute::CPU_HASH_IN_ASYNC,
];

fn check_transitive_call<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if site::is_watched(cx) {
        if let Some(path) = cx.names.absolute(call.path) {
            transitive(cx, &path, call.path, call.expr);
        }
    }
}

fn check_transitive_method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if site::is_watched(cx) {
        if let Some(path) = cx.own_method(call) {
            transitive(cx, &path, &call.method, call);
        }
    }
}

fn transitive(cx: &mut Cx<'_>, path: &str, tokens: &impl ToTokens, call: &impl ToTokens) {
    let Some(Deed::Blocks(reason)) = cx.deed(path) else { return };
    let name = path.strip_prefix("crate::").unwrap_or(path);
    let mut draft = Draft::at(tokens, "this calls a function that blocks the runtime's thread")
        .label(format!("`{name}` blocks"))
        .help(site::offload(cx, call))
        .note(format!("in `{name}`: {reason}"));
    if let Some(place) = cx.deed_at(path) {
        draft = draft.related(place, "this blocks");
    }
    site::report(cx, draft);
}

fn check_marked_call<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if site::is_watched(cx) {
        if let Some(marked) = marked_call(cx, FunctionMark::Blocking, call) {
            report_marked(cx, marked, call.path, call.expr);
        }
    }
}

fn check_marked_method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if site::is_watched(cx) {
        if let Some(marked) = marked_method(cx, FunctionMark::Blocking, call) {
            report_marked(cx, marked, &call.method, call);
        }
    }
}

fn report_marked(cx: &mut Cx<'_>, marked: MarkedCall, tokens: &impl ToTokens, call: &impl ToTokens) {
    let draft = Draft::at(tokens, "this calls a function that blocks the runtime's thread")
        .label(format!("`{}` is marked with `#[blocking]`", marked.name))
        .help(site::offload(cx, call))
        .ask(marked.question);
    site::report(cx, draft);
}

fn check_configured_call<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    if cx.options.blocking.is_empty() || !site::is_watched(cx) {
        return;
    }
    let path = call.target(cx).path().map(str::to_owned).or_else(|| cx.names.absolute(call.path));
    if let Some(path) = path {
        configured(cx, &path, call.path, call.expr);
    }
}

/// `Type::method`, for a receiver whose type is known. What a call returns is not what the pattern names.
fn check_configured_method<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if cx.options.blocking.is_empty() || !site::is_watched(cx) {
        return;
    }
    if let Some(ty) = cx.names.type_of(&call.receiver) {
        configured(cx, &format!("{ty}::{}", plain_name(&call.method)), &call.method, call);
    }
}

fn configured(cx: &mut Cx<'_>, path: &str, tokens: &impl ToTokens, call: &impl ToTokens) {
    let named = cx.options.blocking.iter().find(|(pattern, _)| matches(pattern, path));
    let Some((_, instead)) = named else { return };
    let help = match instead.as_str() {
        "" => site::offload(cx, call),
        // A sentence of the user's own, or only the code to write.
        text if text.contains([' ', '`']) => text.to_owned(),
        code => format!("write `{code}`"),
    };
    let draft = Draft::at(tokens, "this blocks the runtime's thread, and all its tasks with it")
        .label(format!("`{path}` blocks"))
        .help(help)
        .note("your configuration says so");
    site::report(cx, draft);
}

/// Whether a path fits a pattern, in which `*` stands for anything.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((start, rest)) => path.strip_prefix(start).is_some_and(|path| {
            rest.is_empty()
                || (0..=path.len()).filter_map(|at| path.get(at..)).any(|tail| matches(rest, tail))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_paths() {
        for (pattern, path, expected) in [
            ("legacy::index", "legacy::index", true),
            ("legacy::index", "legacy::index_all", false),
            ("legacy::*", "legacy::store::get", true),
            ("*::get", "legacy::store::get", true),
            ("*::get", "legacy::store::get_all", false),
            ("a::*::c", "a::b::c", true),
            ("a::*::c", "a::c", false),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }
}
