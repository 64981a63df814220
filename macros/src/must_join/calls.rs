//! Calls that take a task, or its handle, out of reach.

use proc_macro2::{Group, Ident, TokenTree};

use super::paths::{self, Found};
use super::rewrite::Rewriter;
use super::statements::sole_name;

impl Rewriter<'_> {
    pub(super) fn report_thread(&self, found: &Found, arguments: Option<&Group>) {
        if arguments.is_none() {
            return;
        }
        self.errors.at_span(
            found.end,
            format!(
                "[MJ007] `{}` is not joined by `#[must_join]`\nhelp: make the work an `#[steadfast::offload]` function, or run `std::thread::scope` inside `tokio::task::spawn_blocking`",
                found.written
            ),
        );
    }

    pub(super) fn report_beside_scope(&self, found: &Found, scope: &str) {
        self.errors.at_span(
            found.end,
            format!(
                "[MJ008] `{}` bypasses the scope `{scope}`\nhelp: write `{scope}.spawn(..)`",
                found.written
            ),
        );
    }

    /// `drop(h)` and `mem::forget(h)` where `h` is a task's handle, or the spawn itself.
    pub(super) fn check_forgotten(&self, found: &Found, arguments: &Group) {
        let tokens: Vec<TokenTree> = arguments.stream().into_iter().collect();
        let spawned = !tokens.is_empty()
            && paths::at_start(&tokens, None, self.target.extra).is_some_and(|spawn| spawn.spawn.is_joined());
        let name = sole_name(arguments).filter(|name| self.is_handle(name));
        if !spawned && name.is_none() {
            return;
        }
        let handle = name.map_or_else(|| "handle".to_owned(), |name| name.to_string());
        self.errors.at_span(
            found.end,
            format!(
                "[MJ004] `{}({})` detaches a task inside `#[must_join]`\nhelp: `{handle}.abort(); let _ = {handle}.await;` stops it, `steadfast::detach(\"why\", ..)` keeps it",
                found.written,
                if spawned { ".." } else { &handle },
            ),
        );
    }

    fn is_handle(&self, name: &Ident) -> bool {
        self.handles.borrow().iter().any(|handle| handle == name)
    }

    /// `Handle::current().spawn(..)`
    pub(super) fn check_handle_spawn(&self, rest: &[TokenTree]) {
        let [
            TokenTree::Ident(handle),
            TokenTree::Punct(_),
            TokenTree::Punct(_),
            TokenTree::Ident(current),
            TokenTree::Group(_),
            TokenTree::Punct(dot),
            TokenTree::Ident(method),
            ..,
        ] = rest
        else {
            return;
        };
        let spawns = ["spawn", "spawn_blocking"].iter().any(|spawn| method == spawn);
        if handle == "Handle" && current == "current" && dot.as_char() == '.' && spawns {
            self.errors.at_span(
                method.span(),
                format!(
                    "[MJ008] `Handle::current().{method}(..)` bypasses the scope\nhelp: write `tokio::{}(..)`, which `#[must_join]` joins",
                    if method == "spawn" { "spawn" } else { "task::spawn_blocking" }
                ),
            );
        }
    }

    /// A generator that is suspended keeps its tasks running behind the back of whoever holds it.
    pub(super) fn no_yield(&self, word: &Ident) {
        if word == "yield" || word == "yield_" {
            self.errors.at_span(
                word.span(),
                "[MJ012] `yield` inside `#[must_join]`: a generator that suspends cannot own running tasks\nhelp: send the values through a channel, and join the tasks around the stream (the same as Python's PEP 789)",
            );
        }
    }
}
