//! Which candidates a name still means, after what the body has declared.

use proc_macro2::Ident;
use syn::Pat;

use steadfast_rules::syntax::{patterns, plain_name};

/// The candidates and how often each is shadowed at this point of the walk.
pub(super) struct Scope {
    candidates: Vec<String>,
    shadows: Vec<usize>,
    /// What was shadowed, in order, so that leaving a scope can undo it.
    log: Vec<usize>,
}

/// Where the log stood when a scope was entered.
pub(super) struct Mark(usize);

impl Scope {
    pub(super) fn new(candidates: &[Ident]) -> Self {
        Self {
            candidates: candidates.iter().map(plain_name).collect(),
            shadows: vec![0; candidates.len()],
            log: Vec::new(),
        }
    }

    /// The candidate that `ident` names here.
    pub(super) fn resolve(&self, ident: &Ident) -> Option<usize> {
        self.resolve_name(&plain_name(ident))
    }

    pub(super) fn resolve_name(&self, name: &str) -> Option<usize> {
        let index = self.candidates.iter().position(|candidate| candidate == name)?;
        (self.shadows.get(index) == Some(&0)).then_some(index)
    }

    pub(super) fn enter(&self) -> Mark {
        Mark(self.log.len())
    }

    pub(super) fn leave(&mut self, mark: &Mark) {
        for index in self.log.drain(mark.0.min(self.log.len())..) {
            if let Some(shadows) = self.shadows.get_mut(index) {
                *shadows = shadows.saturating_sub(1);
            }
        }
    }

    /// Brings the names of `pattern` into scope.
    pub(super) fn bind(&mut self, pattern: &Pat) {
        patterns::bound_names(pattern, &mut |name| {
            let name = plain_name(name);
            let index = self.candidates.iter().position(|candidate| *candidate == name);
            if let Some(shadows) = index.and_then(|index| self.shadows.get_mut(index)) {
                *shadows += 1;
                self.log.extend(index);
            }
        });
    }
}
