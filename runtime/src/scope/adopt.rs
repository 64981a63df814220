//! Who waits for the children of a scope that was dropped: the nearest ancestor that still can, at last the root tracker.

use std::future::poll_fn;
use std::sync::Arc;

use super::core::Core;
use super::slab::Entry;
use super::state::Phase;
use crate::tracker;

impl Core {
    /// Whether somebody is going to wait for this one.
    fn adopt(&self, orphan: &Arc<Self>) -> bool {
        let mut state = self.state();
        let lives = matches!(state.phase, Phase::Open | Phase::Aborting);
        if lives {
            state.adopted.push(Arc::clone(orphan));
        }
        lives
    }

    fn ancestors(&self) -> impl Iterator<Item = &Arc<Self>> {
        std::iter::successors(self.parent.as_ref(), |core| core.parent.as_ref())
    }

    pub(super) fn let_ancestor_join(&self, this: &Arc<Self>) {
        if self.state().is_empty() {
            return;
        }
        let Some(adopter) = self.ancestors().find(|ancestor| ancestor.adopt(this)) else {
            let orphans = self.state().children.len();
            tracker::orphaned(orphans, &self.settings.label);
            return;
        };
        let mut state = self.state();
        if state.is_empty() {
            drop(state);
            adopter.release(this);
        } else {
            state.adopter = Some(Arc::clone(adopter));
        }
    }

    /// Adopted children have ended, or their adopter has passed them on.
    pub(super) fn release(&self, orphan: &Arc<Self>) {
        let mut state = self.state();
        let Some(at) = state.adopted.iter().position(|adopted| Arc::ptr_eq(adopted, orphan)) else { return };
        let orphan = state.adopted.swap_remove(at);
        let news = state.news();
        drop(state);
        if let Some(news) = news {
            news.tell();
        }
        drop(orphan);
    }

    /// One of the adopted scopes has no children any more.
    pub(super) fn released(&self) {
        // Not under the lock: nobody holds two of them at once, outermost last.
        let mut ended = self.state().adopted.clone();
        ended.retain(|adopted| adopted.state().is_empty());
        for orphan in &ended {
            self.release(orphan);
        }
    }

    /// The one that everything under it comes to in the end.
    pub(crate) fn top(self: &Arc<Self>) -> Arc<Self> {
        let top = std::iter::successors(Some(self), |core| core.parent.as_ref()).last();
        let top = top.expect("at least this one");
        if top.is_root() { Arc::clone(top) } else { tracker::Root::of_process().core() }
    }

    pub(crate) fn is_root(&self) -> bool {
        self.runtime.is_none()
    }

    /// Lets the root tracker have a child for good.
    pub(super) fn pass_on(self: &Arc<Self>, key: usize, index: usize) -> bool {
        let root = self.top();
        if Arc::ptr_eq(&root, self) {
            return true;
        }
        let mut state = self.state();
        let passed = state.children.pass_on(key, index, |entry: Entry| {
            let mut root_state = root.state();
            let place = root_state.insert(entry.label(), entry.blocking_since());
            if let Some(there) = root_state.children.get(place.key, place.index) {
                there.abort = entry.abort;
            }
            drop(root_state);
            (root, place.key)
        });
        let news = state.news();
        drop(state);
        if let Some(news) = news {
            news.tell();
        }
        passed
    }

    /// In a task of its own, which ends with the children: nobody else is there to look at the clock.
    pub(super) fn abort_after_grace(&self, this: &Arc<Self>) {
        let (Some(grace), Some(runtime)) = (self.settings.grace, &self.runtime) else { return };
        let this = Arc::clone(this);
        runtime.spawn(async move {
            if tokio::time::timeout(grace, poll_fn(|cx| this.poll_empty(cx))).await.is_err() {
                this.abort_present();
            }
        });
    }
}
