//! What is counted beside the runtime, and without asking it: who lives, what failed, and who has seen it.

use std::fmt;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use steadfast::Bulkhead;
use tokio::sync::Semaphore;

use super::events::{Event, Events};

pub(crate) const PERMITS: usize = 12;

/// Shared by all trees of a run.
pub(crate) struct World {
    pub(crate) events: Events,
    pub(crate) permits: Semaphore,
    pub(crate) bulkhead: Bulkhead,
    complaints: Mutex<Vec<String>>,
}

/// A scope that nothing is around, and everything in it.
pub(crate) struct Tree {
    pub(crate) world: Arc<World>,
    number: usize,
    /// Whether its scopes may leave children on the blocking pool behind, so that these outlive them.
    pub(crate) abandons: bool,
    /// Children, resources and items that have not ended.
    alive: AtomicUsize,
    /// What nobody may interrupt and has begun, less what has ended.
    pub(crate) unbroken: AtomicUsize,
    /// Errors of a release, less those that somebody was told of.
    pub(crate) untold: AtomicUsize,
    lost: Mutex<Vec<Arc<Site>>>,
}

/// What a site is, and what may become of the failures in it.
#[derive(Clone, Debug)]
pub(crate) enum Rules {
    /// Errors and panics are the group's.
    Group { collects_errors: bool, collects_panics: bool, abandons: bool },
    /// Each outcome is given to the caller.
    Outcomes,
    /// `#[must_join]`: the first error of a discarded task is the function's, the others are logged.
    Call,
}

/// One scope, or what is made of one.
pub(crate) struct Site {
    pub(crate) tree: Arc<Tree>,
    around: Option<Arc<Site>>,
    pub(crate) rules: Rules,
    story: String,
    /// Children of it and of all sites in it that have not been dropped.
    alive: AtomicUsize,
    /// Own children that have been polled and have not been dropped, and the most that were.
    inside: AtomicUsize,
    most: AtomicUsize,
    /// Errors that were returned into it, and those that somebody has seen.
    errors: AtomicUsize,
    seen: AtomicUsize,
    panics: AtomicUsize,
    seen_panics: AtomicUsize,
    end: AtomicU8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum End {
    Running,
    Value,
    Error,
    Panic,
    /// Its future was dropped before it was ready.
    Dropped,
}

/// An error that knows where it belongs, and tells when nobody has seen it.
pub(crate) struct Fault {
    site: Arc<Site>,
    seen: bool,
}

impl World {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            events: Events::default(),
            permits: Semaphore::new(PERMITS),
            bulkhead: Bulkhead::new(PERMITS),
            complaints: Mutex::default(),
        })
    }

    pub(crate) fn complaints(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.complaints))
    }
}

impl Tree {
    pub(crate) fn new(world: &Arc<World>, number: usize, abandons: bool) -> Arc<Self> {
        Arc::new(Self {
            world: Arc::clone(world),
            number,
            abandons,
            alive: AtomicUsize::new(0),
            unbroken: AtomicUsize::new(0),
            untold: AtomicUsize::new(0),
            lost: Mutex::default(),
        })
    }

    pub(crate) fn count(&self, event: Event) {
        self.world.events.count(event);
    }

    pub(crate) fn complain(&self, what: impl fmt::Display) {
        lock(&self.world.complaints).push(format!("tree {}: {what}", self.number));
    }

    pub(crate) fn living(&self) -> usize {
        self.alive.load(Ordering::SeqCst) + self.unbroken.load(Ordering::SeqCst)
    }

    /// Nothing of it lives, and everything that was lost may be.
    pub(crate) fn close(&self) {
        let living = self.alive.load(Ordering::SeqCst);
        if living != 0 {
            self.complain(format_args!("{living} children or resources have outlived it"));
        }
        for (what, count) in [
            ("shielded calls or releases that were broken off", &self.unbroken),
            ("errors of a release that nobody was told of", &self.untold),
        ] {
            let count = count.load(Ordering::SeqCst);
            if count != 0 {
                self.complain(format_args!("{count} {what}"));
            }
        }
        for site in std::mem::take(&mut *lock(&self.lost)) {
            if !site.may_lose() {
                self.complain(format_args!("an error was lost in {site:?}"));
            }
        }
    }
}

impl Site {
    pub(crate) fn new(
        tree: &Arc<Tree>,
        around: Option<&Arc<Self>>,
        rules: Rules,
        story: String,
    ) -> Arc<Self> {
        tree.count(Event::Scope);
        Arc::new(Self {
            tree: Arc::clone(tree),
            around: around.cloned(),
            rules,
            story,
            alive: AtomicUsize::new(0),
            inside: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            errors: AtomicUsize::new(0),
            seen: AtomicUsize::new(0),
            panics: AtomicUsize::new(0),
            seen_panics: AtomicUsize::new(0),
            end: AtomicU8::new(End::Running as u8),
        })
    }

    /// One that fails fast, without options.
    pub(crate) fn plain(around: &Arc<Self>, story: &str) -> Arc<Self> {
        let rules = Rules::Group { collects_errors: false, collects_panics: false, abandons: false };
        Self::new(&around.tree, Some(around), rules, story.to_owned())
    }

    fn outwards(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |site| site.around.as_deref())
    }

    /// A child, from before it is spawned until all of it is dropped.
    pub(crate) fn presence(self: &Arc<Self>) -> Presence {
        self.tree.alive.fetch_add(1, Ordering::SeqCst);
        self.outwards().for_each(|site| _ = site.alive.fetch_add(1, Ordering::SeqCst));
        Presence(Arc::clone(self))
    }

    /// A child that runs.
    pub(crate) fn enter(self: &Arc<Self>) -> Inside {
        self.tree.count(Event::Child);
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(inside, Ordering::SeqCst);
        Inside(Arc::clone(self))
    }

    /// Whether there is a site around it.
    pub(crate) const fn is_inside(&self) -> bool {
        self.around.is_some()
    }

    pub(crate) fn living(&self) -> usize {
        self.alive.load(Ordering::SeqCst)
    }

    pub(crate) fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    /// Panics, without the message.
    pub(crate) fn panic(&self) -> ! {
        self.tree.count(Event::Panic);
        self.panics.fetch_add(1, Ordering::SeqCst);
        std::panic::resume_unwind(Box::new(PLANNED.to_owned()))
    }

    pub(crate) fn panicked(&self) -> bool {
        self.panics.load(Ordering::SeqCst) > 0
    }

    pub(crate) fn saw_panic(&self) {
        self.seen_panics.fetch_add(1, Ordering::SeqCst);
    }

    /// Errors that were returned and not seen, and the same of panics.
    pub(crate) fn unseen(&self) -> (usize, usize) {
        let errors = self.errors.load(Ordering::SeqCst) - self.seen.load(Ordering::SeqCst);
        let panics = self.panics.load(Ordering::SeqCst) - self.seen_panics.load(Ordering::SeqCst);
        (errors, panics)
    }

    pub(crate) fn end(&self, end: End) {
        self.end.store(end as u8, Ordering::SeqCst);
    }

    pub(crate) fn ended_in_panic(&self) -> bool {
        self.is_at(End::Panic)
    }

    fn is_at(&self, end: End) -> bool {
        self.end.load(Ordering::SeqCst) == end as u8
    }

    /// Whether errors of it may have gone to the log: of a scope that nobody waits for any more, behind a panic that goes
    /// on, of a child that was left behind on the blocking pool, and of all but one discarded task of a call.
    fn may_lose(&self) -> bool {
        let by_rule = match self.rules {
            Rules::Group { abandons, .. } => abandons,
            Rules::Outcomes => false,
            Rules::Call => self.is_at(End::Error),
        };
        by_rule || self.is_at(End::Dropped) || self.is_at(End::Panic)
    }

    pub(crate) fn complain(&self, what: impl fmt::Display) {
        self.tree.complain(format_args!("{what} in {self:?}"));
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site")
            .field("story", &self.story)
            .field("end", &self.end)
            .field("errors", &self.errors)
            .field("seen", &self.seen)
            .field("panics", &self.panics)
            .field("seen_panics", &self.seen_panics)
            .field("alive", &self.alive)
            .field("around", &self.around.as_ref().map(|site| &site.story))
            .finish_non_exhaustive()
    }
}

impl Fault {
    pub(crate) fn new(site: &Arc<Site>) -> Self {
        site.tree.count(Event::Error);
        site.errors.fetch_add(1, Ordering::SeqCst);
        Self { site: Arc::clone(site), seen: false }
    }

    /// Somebody has it, who has to be of that site.
    pub(crate) fn see(mut self, by: &Site) {
        self.seen = true;
        self.site.seen.fetch_add(1, Ordering::SeqCst);
        if !std::ptr::eq(&raw const *self.site, by) {
            self.site.complain("an error came out of another scope than its own:");
        }
    }
}

impl Drop for Fault {
    fn drop(&mut self) {
        if !self.seen {
            lock(&self.site.tree.lost).push(Arc::clone(&self.site));
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fault")
    }
}

const PLANNED: &str = "planned";

/// Whether it is one of ours, as it was thrown or as it was copied for a handle.
pub(crate) fn is_planned(payload: &(dyn std::any::Any + Send)) -> bool {
    payload.downcast_ref::<String>().is_some_and(|text| text == PLANNED)
}

#[derive(Debug)]
pub(crate) struct Presence(Arc<Site>);

impl Drop for Presence {
    fn drop(&mut self) {
        self.0.outwards().for_each(|site| _ = site.alive.fetch_sub(1, Ordering::SeqCst));
        self.0.tree.alive.fetch_sub(1, Ordering::SeqCst);
    }
}

#[derive(Debug)]
pub(crate) struct Inside(Arc<Site>);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Notes that a site was dropped before it had an end.
pub(crate) struct Watch(pub(crate) Arc<Site>);

impl Drop for Watch {
    fn drop(&mut self) {
        if self.0.is_at(End::Running) {
            self.0.tree.count(Event::Dropped);
            self.0.end(End::Dropped);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
