//! Something that is waited for and is no task: work on a thread, or the rest of a release.

use std::sync::Arc;

use super::registry::{self, Kind, Registered};
use super::{current, root};
use crate::scope::{Core, Label};

/// Keeps the nearest scope that still waits for anything from ending, at last the root tracker. As nobody can abort it,
/// the scope treats it as it does a child on the blocking pool.
pub(crate) struct Hold {
    node: Option<Registered>,
    core: Arc<Core>,
    key: usize,
}

impl Hold {
    /// In the scope of the moment.
    pub(crate) fn here(label: &Label) -> Self {
        Self::within(current::get().unwrap_or_else(|| root::current().core()), label)
    }

    /// In that scope, or the nearest one around it.
    pub(crate) fn within(mut core: Arc<Core>, label: &Label) -> Self {
        loop {
            if let Some(place) = core.hold(label.clone()) {
                return Self { node: registry::enter_child(Kind::Held, label, &core), key: place.key, core };
            }
            core = core.parent.clone().unwrap_or_else(|| core.top());
        }
    }

    /// The scope that waits.
    pub(crate) fn scope(&self) -> Arc<Core> {
        Arc::clone(&self.core)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.node = None;
        self.core.end(self.key);
    }
}
