//! The functions of the source at hand: what the synchronous ones do to the thread, and which are marked.

use std::collections::{HashMap, HashSet};

use syn::{Attribute, Expr, ExprMethodCall, Signature};

use super::allow::AllowId;
use super::context::Kind;
use super::hooks::Hooks;
use super::{Cx, Walker};
use crate::blocks::Root;
use crate::finding::{Draft, Place};
use crate::marked::FunctionMark;
use crate::options::Options;
use crate::summary::{Deed, Summary};
use crate::syntax::macros::MacroTable;
use crate::syntax::{attributes, peel, plain_name};
use crate::words::Words;

/// What is known of the functions in the source at hand.
#[derive(Default)]
pub(super) struct Helpers {
    pub(super) summary: Summary,
    /// What blocks in those that do.
    places: HashMap<String, Place>,
    /// The allows in those functions that allow something.
    pub(super) used_allows: HashSet<AllowId>,
}

/// The walk that finds out: it takes synchronous functions for what it is about, and passes over all others.
pub(super) struct Survey {
    helpers: Helpers,
    /// Whether only the names of functions matter, since nothing in the source blocks.
    only_names: bool,
    /// Whether an `allow` may stand somewhere.
    may_allow: bool,
    /// The function at hand, by its path.
    function: Option<String>,
}

impl Helpers {
    pub(super) fn of<'a>(
        root: Root<'a>,
        macros: &'a MacroTable,
        options: &'a Options,
        words: Option<&Words>,
    ) -> Self {
        let hooks = Hooks::summing_up(options, words);
        let mut cx = Cx::new(root, macros, options);
        cx.survey = Some(Survey {
            helpers: Self::default(),
            only_names: hooks.is_empty(),
            may_allow: words.is_none_or(Words::may_allow),
            function: None,
        });
        let mut walker = Walker { hooks, cx };
        walker.root(root);
        walker.cx.survey.map(|survey| survey.helpers).unwrap_or_default()
    }
}

impl Survey {
    /// Notes what blocks in the function at hand.
    pub(super) fn note(&mut self, draft: &Draft) {
        let Some(path) = &self.function else { return };
        self.helpers.summary.note(path, Deed::Blocks(draft.label.clone()));
        self.helpers.places.entry(path.clone()).or_insert(draft.place);
    }

    /// Notes that an allow keeps something in the function at hand from being reported.
    pub(super) fn note_allow(&mut self, id: AllowId) {
        self.helpers.used_allows.insert(id);
    }

    /// Begins a function and returns the one around it, which it is no part of.
    fn enter(&mut self, path: Option<String>, deed: Deed) -> Option<String> {
        if let Some(path) = path.clone() {
            self.helpers.summary.add(path, deed);
        }
        std::mem::replace(&mut self.function, path)
    }
}

impl Walker<'_> {
    /// In a survey: where the code of a function runs, seen from the function itself, and the function around it.
    pub(super) fn survey_function(
        &mut self,
        attrs: &[Attribute],
        sig: &Signature,
        is_async: bool,
    ) -> Option<(Kind, Option<String>)> {
        let is_nested = self.cx.function.is_some();
        let path = match &self.cx.names.self_type {
            _ if is_nested => None,
            Some(_) => self.cx.names.absolute_method(&plain_name(&sig.ident)),
            None => Some(self.cx.names.absolute_function(&plain_name(&sig.ident))),
        };
        let mark = FunctionMark::ALL.into_iter().find(|mark| attributes::has(attrs, mark.attribute()));
        let survey = self.cx.survey.as_mut()?;
        let outer = survey.enter(path, mark.map_or(Deed::Nothing, Deed::Marked));
        Some((if is_async { Kind::Sync } else { Kind::Async }, outer))
    }

    /// Whether nothing in the body of a function matters, as in a survey that of most.
    pub(super) fn passes_over(&self, is_async: bool) -> bool {
        let is_passed_over = |survey: &Survey| survey.only_names || is_async && !survey.may_allow;
        self.cx.survey.as_ref().is_some_and(is_passed_over)
    }

    /// In a survey: goes back to the function around.
    pub(super) fn leave_function(&mut self, outer: Option<String>) {
        if let Some(survey) = &mut self.cx.survey {
            survey.function = outer;
        }
    }
}

impl Cx<'_> {
    /// What is known of the function of this crate with this path.
    pub(crate) fn deed(&mut self, path: &str) -> Option<Deed> {
        let Some(known) = self.options.helpers.get(path).or_else(|| self.helpers.summary.get(path)) else {
            if !self.unknown_calls.contains(path) {
                self.unknown_calls.insert(path.to_owned());
            }
            return None;
        };
        (*known != Deed::Nothing).then(|| known.clone())
    }

    /// The path of the method that is called on `self`.
    pub(crate) fn own_method(&self, call: &ExprMethodCall) -> Option<String> {
        let on_self = matches!(peel(&call.receiver), Expr::Path(path) if path.path.is_ident("self"));
        if on_self { self.names.absolute_method(&plain_name(&call.method)) } else { None }
    }

    /// What blocks in the function of this path, if it stands in the source at hand.
    pub(crate) fn deed_at(&self, path: &str) -> Option<Place> {
        self.helpers.places.get(path).copied()
    }
}
