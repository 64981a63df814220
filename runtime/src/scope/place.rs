//! The place of a child: taken before it is spawned, given back when it has ended.

use std::panic::Location;

use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::core::Core;
use super::slab::{Convert, Label, Removed};
use super::state::{Phase, State};
use crate::sync::MutexGuard;

/// Why a scope takes no child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Aborting,
    Finished,
}

/// A place for a child that is about to be spawned.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) key: usize,
    pub(crate) index: usize,
}

/// What is left to do for a task that has returned.
pub(crate) enum Ending {
    Ended,
    /// Nobody awaits it: what it returned goes through this and is dropped, then it ends.
    Yours(Convert),
}

impl Core {
    /// A place for one more child that has no name and is not on the blocking pool, as most.
    pub(super) fn reserve_plain(&self, location: &'static Location<'static>) -> Result<Place, Refused> {
        let mut state = self.state();
        match state.refusal() {
            None => Ok(state.insert(Label::at(location), None)),
            Some(refused) => Err(refused),
        }
    }

    /// A place for one more child.
    pub(crate) fn reserve(&self, label: Label, blocking: bool) -> Result<Place, Refused> {
        let mut state = self.state();
        if let Some(refused) = state.refusal() {
            return Err(refused);
        }
        Ok(state.insert(label, blocking.then(Instant::now)))
    }

    /// A place for what has begun already and nobody can abort: a scope that is being cancelled waits for it too. `None`
    /// where nobody would wait.
    pub(crate) fn hold(&self, label: Label) -> Option<Place> {
        let mut state = self.state();
        let waits = match state.phase {
            Phase::Open | Phase::Aborting => true,
            // Whoever waits for its children does not know of it once they are gone.
            Phase::Dropped => !state.is_empty(),
            Phase::Finished => false,
        };
        waits.then(|| state.insert(label, Some(Instant::now())))
    }

    /// The child is on the runtime now.
    pub(crate) fn started(&self, place: Place, abort: AbortHandle) {
        let mut state = self.state();
        let aborted = matches!(state.phase, Phase::Aborting | Phase::Dropped);
        // It may have ended in the meantime.
        let Some(entry) = state.children.get(place.key, place.index) else { return };
        if aborted {
            drop(state);
            abort.abort();
        } else {
            entry.abort = Some(abort);
        }
    }

    /// A child has returned. With `looks_back`, one that nobody awaits has something to do first.
    pub(crate) fn try_end(&self, key: usize, looks_back: bool) -> Ending {
        let mut state = self.state();
        if looks_back {
            if let Some(convert) = state.children.living(key).and_then(|entry| entry.given_up) {
                return Ending::Yours(convert);
            }
        }
        Self::remove(state, key);
        Ending::Ended
    }

    /// A child has ended, and everything that it held is gone.
    pub(crate) fn end(&self, key: usize) {
        Self::remove(self.state(), key);
    }

    #[expect(clippy::inline_always, reason = "every child does this under the lock")]
    #[inline(always)]
    fn remove(mut state: MutexGuard<'_, State>, key: usize) {
        let removed = state.children.remove(key);
        let news = state.news();
        drop(state);
        if let Some(news) = news {
            news.tell();
        }
        if let Removed::Moved(to, there) = removed {
            to.end(there);
        }
    }

    /// Nobody awaits the child, and `convert` makes the scope's error of what it returns. Whether it is still to return.
    pub(crate) fn discard(&self, place: Place, convert: Convert) -> bool {
        let mut state = self.state();
        let Some(entry) = state.children.get(place.key, place.index) else { return false };
        entry.given_up = Some(convert);
        true
    }

    /// Why it would take no child now.
    pub(crate) fn refusal(&self) -> Option<Refused> {
        self.state().refusal()
    }
}
