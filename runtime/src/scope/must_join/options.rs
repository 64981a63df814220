//! The arguments of the attribute.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::scope::core::{OnError, Settings};
use crate::scope::options::Panics;
use crate::scope::slab::Label;
use crate::site::Site;
use crate::switch::{self, PolicyKind};

/// The arguments of the attribute.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    limit: Option<usize>,
    grace: Option<Duration>,
    pub(super) timeout: Option<Duration>,
    graceful: bool,
    panics: Panics,
    collect_errors: bool,
}

impl Options {
    /// No limit, no grace, no timeout.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limit: None,
            grace: None,
            timeout: None,
            graceful: false,
            panics: Panics::Propagate,
            collect_errors: false,
        }
    }

    /// At most so many tasks run at once; the others wait before their first poll.
    #[must_use]
    pub const fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Between a cancel and the abort.
    #[must_use]
    pub const fn grace(mut self, grace: Duration) -> Self {
        self.grace = Some(grace);
        self
    }

    /// For the body and its tasks.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// A cancel aborts nobody before the grace is over, and without a grace never, also when the call is dropped.
    #[must_use]
    pub const fn graceful(mut self) -> Self {
        self.graceful = true;
        self
    }

    /// A panic lets the other tasks end first.
    #[must_use]
    pub const fn collect_panics(mut self) -> Self {
        self.panics = Panics::Collect;
        self
    }

    /// So does an error.
    #[must_use]
    pub const fn collect_errors(mut self) -> Self {
        self.collect_errors = true;
        self
    }

    #[track_caller]
    pub(super) fn settings(self, site: &'static Site) -> Settings {
        let limit = self.limit.map(|limit| {
            // Checked where it is a constant; what else it may be is decided by the caller's numbers.
            Arc::new(Semaphore::new(limit.clamp(1, Semaphore::MAX_PERMITS)))
        });
        Settings {
            label: Label::named(site.function()),
            on_error: if self.collect_errors { OnError::Collect } else { OnError::Cancel },
            panics: self.panics,
            grace: if self.graceful { self.grace } else { Some(self.grace.unwrap_or_default()) },
            graceful_drop: self.graceful,
            deadline: self.timeout.filter(|_| !switch::disabled(PolicyKind::Timeout)),
            limit,
            abandon_blocking_after: None,
            handles_observe: true,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}
