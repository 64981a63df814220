//! What `#[must_join]` does with a body: every spawned task becomes one of the call's own.
//!
//! The body is rewritten on its tokens, so that each token keeps its place and what does not parse is left for rustc.
//! Nested functions and items have a contract of their own and stay as they are; `async` blocks and closures run
//! inside of the call and are rewritten.

mod calls;
mod macros;
mod paths;
mod rewrite;
mod statements;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::Path;

use rewrite::Rewriter;

use crate::errors::Errors;
use crate::parse::MustJoin;
use crate::parse::must_join::OnError;

/// How a body is rewritten.
pub(crate) struct Target<'a> {
    /// The path of what expansions name.
    pub(crate) private: &'a TokenStream,
    /// The function's return type, without what cannot be written in a body.
    pub(crate) output: Option<&'a TokenStream>,
    pub(crate) on_error: OnError,
    /// A handle has to be bound and awaited.
    pub(crate) strict: bool,
    pub(crate) extra: &'a [Path],
    /// The parameter that owns the tasks.
    pub(crate) scope: Option<String>,
}

impl<'a> Target<'a> {
    pub(crate) fn new(
        policy: &'a MustJoin,
        private: &'a TokenStream,
        output: Option<&'a TokenStream>,
    ) -> Self {
        Self {
            private,
            output,
            on_error: policy.on_error(),
            strict: policy.strict.is_set(),
            extra: policy.extra_paths(),
            scope: policy.scope.get().map(ToString::to_string),
        }
    }
}

/// A body with its spawns rewritten.
pub(crate) struct Rewritten {
    pub(crate) body: TokenStream,
    /// Whether the error of a task whose handle is discarded ends the call.
    pub(crate) fails: bool,
}

/// Rewrites a body that was found to be right.
pub(crate) fn rewrite(body: TokenStream, target: &Target<'_>) -> Rewritten {
    let errors = Errors::new();
    let rewriter = Rewriter::new(target, &errors);
    let body = rewriter.body(body);
    let fails = rewriter.fails.get();
    // They were reported by `check`, and nothing is expanded then.
    let _ = errors.into_tokens();
    Rewritten { body, fails }
}

/// Reports what cannot be joined, each at its token.
pub(crate) fn check(body: TokenStream, target: &Target<'_>, errors: &Errors) {
    let _ = Rewriter::new(target, errors).body(body);
}
