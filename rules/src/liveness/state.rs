//! What is known of the value at a point, and where the paths through loops and labelled blocks meet.

use syn::Lifetime;

use crate::syntax::plain_name;

/// What is known of the value at a point of the code. The greater one wins where paths meet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum State {
    /// No path comes here.
    Unreachable,
    /// The value is gone on every path.
    Ended,
    /// The value is alive on at least one path.
    Alive,
}

/// A loop or labelled block that is being walked.
pub(super) struct Target {
    pub(super) label: Option<String>,
    pub(super) is_loop: bool,
    /// What the paths bring that leave it.
    pub(super) at_break: State,
    /// What the paths bring that begin its next round.
    pub(super) at_continue: State,
}

impl Target {
    pub(super) fn new(label: Option<&syn::Label>, is_loop: bool) -> Self {
        Self {
            label: label.map(|label| plain_name(&label.name.ident)),
            is_loop,
            at_break: State::Unreachable,
            at_continue: State::Unreachable,
        }
    }

    pub(super) fn is_meant_by(&self, label: Option<&Lifetime>) -> bool {
        match label {
            Some(label) => self.label.as_ref() == Some(&plain_name(&label.ident)),
            None => self.is_loop,
        }
    }
}
