use quote::ToTokens;
use syn::{FnArg, GenericParam};

use super::Entry;
use super::parse::{Flavor, Settings};
use crate::errors::Errors;
use crate::parse::Function;

pub(super) fn check(entry: Entry, settings: &Settings, item: &Function, errors: &Errors) {
    check_signature(entry, item, errors);
    check_runtime(entry, settings, errors);
    if let Some(timeout) = settings.timeout.get() {
        if timeout.literal().is_some_and(|limit| limit.is_zero()) {
            errors.at(timeout, "a timeout of zero would end every test; write at least `timeout = 1ms`");
        }
    }
}

fn check_signature(entry: Entry, item: &Function, errors: &Errors) {
    let (name, signature) = (entry.name(), &item.signature);
    if signature.asyncness.is_none() {
        let hint = match entry {
            Entry::Main => "a plain `main` needs no attribute",
            Entry::Test => "a plain test is a `#[core::prelude::v1::test]`",
        };
        errors.at(
            signature.fn_token,
            format!("`#[{name}]` runs an `async fn`\nhelp: write `async fn {}`; {hint}", signature.ident),
        );
    }
    let arguments = signature.inputs.iter().map(|argument| match argument {
        FnArg::Receiver(receiver) => receiver.to_token_stream(),
        FnArg::Typed(typed) => typed.to_token_stream(),
    });
    for argument in arguments {
        errors.at(argument, format!("nobody calls `{}` with an argument: remove it", signature.ident));
    }
    for parameter in &signature.generics.params {
        if !matches!(parameter, GenericParam::Lifetime(_)) {
            errors.at(
                parameter,
                format!("nobody names the type for `{}`: remove the parameter", signature.ident),
            );
        }
    }
}

fn check_runtime(entry: Entry, settings: &Settings, errors: &Errors) {
    let flavor = settings.flavor(entry);
    if let Some(threads) = settings.worker_threads.get() {
        if threads.literal() == Some(0) {
            errors.at(threads, "a runtime without threads runs nothing; write at least `worker_threads = 1`");
        } else if flavor == Flavor::CurrentThread {
            errors.at(
                settings.worker_threads.key(),
                "`worker_threads` is for the multi-thread runtime: remove it, or write `flavor = \"multi_thread\"`",
            );
        }
    }
    if settings.start_paused.get() == Some(&true) && flavor == Flavor::MultiThread {
        errors.at(
            settings.start_paused.key(),
            "only a single thread can pause the clock: remove it, or write `flavor = \"current_thread\"`",
        );
    }
}
