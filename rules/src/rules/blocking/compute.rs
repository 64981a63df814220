//! Work that keeps a processor busy.

use quote::ToTokens;
use syn::{Expr, ExprMethodCall};

use super::site;
use crate::finding::{Draft, Place};
use crate::names::Target;
use crate::question::{Question, QuestionKind};
use crate::rule::{Family, Level, Rule};
use crate::syntax::{callee, peel_references, plain_name};
use crate::walk::{Call, Cx, Hook};

pub(crate) static CPU_HASH_IN_ASYNC: Rule = Rule {
    name: "cpu_hash_in_async",
    family: Family::Blocking,
    level: Level::Error,
    since: "0.2.0",
    summary: "hashing a password with bcrypt, argon2, scrypt or PBKDF2 in async code",
    explanation: "Password hashes are slow on purpose: 50 to 500 ms each. The thread computes, and no other task on it \
                  goes on. A few log-ins at a time stop the whole service.",
    blind_spots: "A hash that is hidden behind a function of yours is seen one call away and in the same crate only.",
    bad: "async fn is_right(password: &str, hash: &str) -> bool {\n    bcrypt::verify(password, hash).unwrap_or(false)\n}\n",
    good: "async fn is_right(password: String, hash: String) -> bool {\n    \
           tokio::task::spawn_blocking(move || bcrypt::verify(password, &hash).unwrap_or(false)).await.unwrap_or(false)\n}\n",
    triggers: &[
        "bcrypt",
        "argon2",
        "scrypt",
        "pbkdf2",
        "Argon2",
        "Scrypt",
        "Pbkdf2",
        "hash_password",
        "verify_password",
    ],
    in_tests: false,
    eases: false,
    hooks: &[Hook::Call(check_hash), Hook::Method(check_hasher)],
};

pub(crate) static RAYON_IN_ASYNC: Rule = Rule {
    name: "rayon_in_async",
    family: Family::Blocking,
    level: Level::Warn,
    since: "0.2.0",
    summary: "work on `rayon`'s threads that async code waits for",
    explanation: "The runtime's thread waits until all of the work is done, and with it every task that the runtime has \
                  put on it.",
    blind_spots: "`rayon::spawn` waits for nothing and is let pass.",
    bad: "use rayon::prelude::*;\nasync fn total(parts: &[u64]) -> u64 {\n    parts.par_iter().sum()\n}\n",
    good: "use rayon::prelude::*;\nasync fn total(parts: Vec<u64>) -> u64 {\n    \
           tokio::task::spawn_blocking(move || parts.par_iter().sum()).await.unwrap()\n}\n",
    triggers: &[
        "rayon",
        "par_iter",
        "par_iter_mut",
        "into_par_iter",
        "par_bridge",
        "par_chunks",
        "par_chunks_mut",
        "par_windows",
        "par_sort",
        "par_sort_by",
        "par_sort_by_key",
        "par_sort_unstable",
        "par_sort_unstable_by",
        "par_sort_unstable_by_key",
        "par_lines",
        "par_extend",
        "par_drain",
    ],
    in_tests: false,
    eases: true,
    hooks: &[Hook::Call(check_rayon), Hook::Method(check_parallel)],
};

const HASHES: [&str; 14] = [
    "bcrypt::hash",
    "bcrypt::hash_bytes",
    "bcrypt::hash_with_result",
    "bcrypt::hash_with_salt",
    "bcrypt::verify",
    "bcrypt::non_truncating_hash",
    "bcrypt::non_truncating_verify",
    "argon2::hash_raw",
    "argon2::hash_encoded",
    "argon2::verify_encoded",
    "scrypt::scrypt",
    "pbkdf2::pbkdf2",
    "pbkdf2::pbkdf2_hmac",
    "pbkdf2::pbkdf2_hmac_array",
];

const HASHERS: [&str; 4] = ["argon2::Argon2", "scrypt::Scrypt", "pbkdf2::Pbkdf2", "argon2::PasswordHash"];

const HASHER_METHODS: [&str; 6] = [
    "hash_password",
    "hash_password_customized",
    "hash_password_simple",
    "hash_password_into",
    "verify_password",
    "fill_memory",
];

fn check_hash<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let Target::Known(path) = call.target(cx) else { return };
    if HASHES.contains(&path.as_str()) && site::is_watched(cx) {
        let label = format!("`{path}` takes 50 ms and more");
        report_hash(cx, Place::of(call.path), label, call.expr, None);
    }
}

fn check_hasher<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    if !HASHER_METHODS.contains(&plain_name(&call.method).as_str()) || !site::is_watched(cx) {
        return;
    }
    let question = if hasher(cx, &call.receiver).is_some() {
        None
    } else if begins_with_hasher(&call.receiver) {
        // An asynchronous service of the same name gives a future.
        let Some(question) = cx.ask_operand(QuestionKind::NotFuture, call) else { return };
        Some(question)
    } else {
        return;
    };
    report_hash(
        cx,
        Place::from(call.method.span()),
        format!("`{}` takes 50 ms and more", call.method),
        call,
        question,
    );
}

fn report_hash(
    cx: &mut Cx<'_>,
    place: Place,
    label: String,
    work: &impl ToTokens,
    question: Option<Question>,
) {
    let draft =
        Draft::new(place, "hashing a password keeps the runtime's thread busy, and all its tasks waiting")
            .label(label)
            .help(site::offload(cx, work))
            .ask(question);
    site::report(cx, draft);
}

fn hasher(cx: &Cx<'_>, receiver: &Expr) -> Option<&'static str> {
    let ty = match peel_references(receiver) {
        // `Scrypt` and `Pbkdf2` are values of themselves.
        Expr::Path(path) => cx.names.resolve(&path.path).known().map(str::to_owned),
        _ => None,
    };
    let ty = ty.or_else(|| cx.names.type_of(receiver))?;
    HASHERS.iter().copied().find(|hasher| *hasher == ty)
}

fn begins_with_hasher(receiver: &Expr) -> bool {
    let names: Vec<String> = match peel_references(receiver) {
        Expr::Path(path) => path.path.segments.iter().map(|segment| plain_name(&segment.ident)).collect(),
        Expr::Call(call) => callee(&call.func)
            .map(|path| path.segments.iter().map(|segment| plain_name(&segment.ident)).collect())
            .unwrap_or_default(),
        _ => return false,
    };
    names.iter().any(|name| matches!(name.as_str(), "Argon2" | "Scrypt" | "Pbkdf2"))
}

const PARALLEL: [&str; 5] =
    ["rayon::join", "rayon::scope", "rayon::scope_fifo", "rayon::in_place_scope", "rayon::broadcast"];

fn check_rayon<'a>(cx: &mut Cx<'a>, call: &Call<'a>) {
    let Target::Known(path) = call.target(cx) else { return };
    if PARALLEL.contains(&path.as_str()) && site::is_watched(cx) {
        let label = format!("`{path}` blocks until all of it is done");
        report_rayon(cx, Place::of(call.path), label, site::offload(cx, call.expr));
    }
}

fn check_parallel<'a>(cx: &mut Cx<'a>, call: &'a ExprMethodCall) {
    let name = plain_name(&call.method);
    let is_install = name == "install" && cx.type_in(&call.receiver, &["rayon::ThreadPool"]).is_some();
    let is_parallel = is_install || name != "rayon" && RAYON_IN_ASYNC.triggers.contains(&name.as_str());
    if is_parallel && site::is_watched(cx) {
        report_rayon(
            cx,
            Place::from(call.method.span()),
            "blocks until all of it is done".to_owned(),
            site::offload_all(cx),
        );
    }
}

fn report_rayon(cx: &mut Cx<'_>, place: Place, label: String, help: String) {
    let draft = Draft::new(place, "the runtime's thread waits for `rayon`, and all its tasks with it")
        .label(label)
        .help(help);
    site::report(cx, draft);
}
