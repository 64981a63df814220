//! How often what has happened, so that nobody takes a quiet run for a good one.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

macro_rules! events {
    ($($Event:ident: $least:literal),+ $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Event {
            $($Event,)+
        }

        /// With how many of a hundred thousand scopes it has to happen at least.
        const ALL: &[(Event, usize)] = &[$((Event::$Event, $least),)+];
    };
}

// About a tenth of what a run gives, since how often anything is interrupted depends on the machine.
events! {
    Scope: 100_000,
    Child: 20_000,
    Error: 2_000,
    Panic: 500,
    Value: 5_000,
    Failed: 1_000,
    Cancelled: 500,
    Elapsed: 100,
    Panicked: 100,
    Dropped: 1_000,
    Refused: 100,
    Supervised: 100,
    Observed: 50,
    Left: 1,
    Resource: 500,
    Shielded: 500,
    Item: 500,
    Call: 500,
    Raced: 500,
}

#[derive(Default)]
pub(crate) struct Events([AtomicUsize; ALL.len()]);

impl Events {
    pub(crate) fn count(&self, event: Event) {
        self.0[event as usize].fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn of(&self, event: Event) -> usize {
        self.0[event as usize].load(Ordering::Relaxed)
    }

    /// What happened less often than it has to among a hundred thousand scopes.
    pub(crate) fn too_rare(&self) -> Vec<(Event, usize)> {
        ALL.iter()
            .map(|&(event, least)| (event, least, self.of(event)))
            .filter(|&(_, least, count)| count < least)
            .map(|(event, _, count)| (event, count))
            .collect()
    }
}

impl fmt::Display for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for &(event, _) in ALL {
            write!(f, "{event:?} {}, ", self.of(event))?;
        }
        Ok(())
    }
}
