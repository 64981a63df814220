//! The families of guards: where they come from, and what the compiler is asked about them.

use crate::question::QuestionKind;

/// A family of guards that have the same reason not to live across an await.
pub(super) struct Guards {
    /// What the compiler is asked about a value that may be one.
    pub(super) question: QuestionKind,
    /// The types that hand them out.
    pub(super) sources: &'static [Source],
    /// The last names of their types, for parameters.
    pub(super) types: &'static [&'static str],
    /// Whether taking one is awaited.
    pub(super) awaited: bool,
    /// Which functions of unknown types are asked about.
    pub(super) functions: Functions,
}

/// A type and the methods of it that return a guard, possibly behind `Result` or `Option`.
pub(super) struct Source {
    pub(super) ty: &'static str,
    pub(super) methods: &'static [&'static str],
    pub(super) guard: &'static str,
}

/// Functions and methods of which nothing but the name is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Functions {
    None,
    /// Those that are no well-known methods of other types.
    Unfamiliar,
    /// Those with one of these words in their names.
    With(&'static [&'static str]),
}

impl Guards {
    pub(super) fn is_trigger(&self, method: &str) -> bool {
        self.sources.iter().any(|source| source.methods.contains(&method))
    }

    /// The guard that a method of a type returns.
    pub(super) fn guard_of(&self, ty: &str, method: &str) -> Option<&'static str> {
        let source = self.sources.iter().find(|source| source.ty == ty && source.methods.contains(&method));
        source.map(|source| source.guard)
    }
}

macro_rules! sources {
    ($($ty:literal . [$($method:literal)*] -> $guard:literal,)*) => {
        &[$(Source { ty: $ty, methods: &[$($method),*], guard: $guard }),*]
    };
}

/// What the question about a value of `.lock()`, `.read()` or `.write()` may also find by structure.
pub(super) const LOCKING: [&str; 3] = ["lock", "read", "write"];

/// The guards of locks that block the thread.
pub(super) const LOCK_GUARDS: [&str; 11] = [
    "MutexGuard",
    "MappedMutexGuard",
    "FairMutexGuard",
    "ReentrantMutexGuard",
    "ReentrantLockGuard",
    "ArcMutexGuard",
    "RwLockReadGuard",
    "RwLockWriteGuard",
    "RwLockUpgradableReadGuard",
    "MappedRwLockReadGuard",
    "MappedRwLockWriteGuard",
];

pub(super) static LOCKS: Guards = Guards {
    question: QuestionKind::BlockingGuard,
    sources: sources! {
        "std::sync::Mutex".["lock" "try_lock"] -> "MutexGuard",
        "std::sync::RwLock".["read" "try_read"] -> "RwLockReadGuard",
        "std::sync::RwLock".["write" "try_write"] -> "RwLockWriteGuard",
        "std::sync::ReentrantLock".["lock" "try_lock"] -> "ReentrantLockGuard",
        "parking_lot::Mutex".["lock" "try_lock" "try_lock_for" "try_lock_until" "lock_arc" "try_lock_arc"]
            -> "MutexGuard",
        "parking_lot::FairMutex".["lock" "try_lock" "try_lock_for" "try_lock_until"] -> "FairMutexGuard",
        "parking_lot::ReentrantMutex".["lock" "try_lock" "try_lock_for" "try_lock_until"] -> "ReentrantMutexGuard",
        "parking_lot::RwLock".["read" "try_read" "try_read_for" "read_recursive" "read_arc"] -> "RwLockReadGuard",
        "parking_lot::RwLock".["write" "try_write" "try_write_for" "write_arc"] -> "RwLockWriteGuard",
        "parking_lot::RwLock".["upgradable_read" "try_upgradable_read"] -> "RwLockUpgradableReadGuard",
        "std::io::Stdin".["lock"] -> "StdinLock",
        "std::io::Stdout".["lock"] -> "StdoutLock",
        "std::io::Stderr".["lock"] -> "StderrLock",
        "spin::Mutex".["lock" "try_lock"] -> "MutexGuard",
        "spin::RwLock".["read" "try_read" "write" "try_write" "upgradeable_read"] -> "RwLockGuard",
    },
    types: &LOCK_GUARDS,
    awaited: false,
    functions: Functions::Unfamiliar,
};

pub(super) static BORROWS: Guards = Guards {
    question: QuestionKind::RefCellBorrow,
    sources: sources! {
        "std::cell::RefCell".["borrow" "try_borrow"] -> "Ref",
        "std::cell::RefCell".["borrow_mut" "try_borrow_mut"] -> "RefMut",
    },
    types: &["Ref", "RefMut"],
    awaited: false,
    functions: Functions::With(&["borrow"]),
};

pub(super) static SPANS: Guards = Guards {
    question: QuestionKind::SpanGuard,
    sources: sources! {
        "tracing::Span".["enter"] -> "Entered",
        "tracing::Span".["entered"] -> "EnteredSpan",
    },
    types: &["Entered", "EnteredSpan"],
    awaited: false,
    functions: Functions::With(&["span"]),
};

pub(super) static RUNTIMES: Guards = Guards {
    question: QuestionKind::RuntimeEnterGuard,
    sources: sources! {
        "tokio::runtime::Handle".["enter"] -> "EnterGuard",
        "tokio::runtime::Runtime".["enter"] -> "EnterGuard",
    },
    types: &["EnterGuard"],
    awaited: false,
    functions: Functions::None,
};

pub(super) static WATCHES: Guards = Guards {
    question: QuestionKind::WatchRef,
    sources: sources! {
        "tokio::sync::watch::Receiver".["borrow" "borrow_and_update"] -> "watch::Ref",
        "tokio::sync::watch::Sender".["borrow"] -> "watch::Ref",
    },
    types: &["Ref"],
    awaited: false,
    functions: Functions::None,
};

pub(super) static MAPS: Guards = Guards {
    question: QuestionKind::BlockingGuard,
    sources: sources! {
        "dashmap::DashMap".["get" "try_get"] -> "Ref",
        "dashmap::DashMap".["get_mut" "try_get_mut"] -> "RefMut",
        "dashmap::DashMap".["entry" "try_entry"] -> "Entry",
        "dashmap::DashSet".["get"] -> "Ref",
    },
    types: &["Entry", "OccupiedEntry", "VacantEntry", "RefMut", "RefMulti"],
    awaited: false,
    functions: Functions::None,
};

/// Iterators of maps. One that was not asked for an entry yet locks nothing, so that they are none of the guards.
pub(super) static MAP_ITERATORS: Guards = Guards {
    question: QuestionKind::MapIterator,
    sources: sources! {
        "dashmap::DashMap".["iter"] -> "Iter",
        "dashmap::DashMap".["iter_mut"] -> "IterMut",
        "dashmap::DashSet".["iter"] -> "Iter",
    },
    types: &[],
    awaited: false,
    functions: Functions::None,
};

pub(super) static CONFIGURED: Guards = Guards {
    question: QuestionKind::ConfiguredGuard,
    sources: sources! {},
    types: &[],
    awaited: false,
    functions: Functions::With(&[
        "guard",
        "lock",
        "lease",
        "pin",
        "hold",
        "enter",
        "borrow",
        "scope",
        "transaction",
        "session",
    ]),
};

/// Guards of locks that wait without blocking. Holding one across an await is what they are for.
pub(super) static ASYNC_LOCKS: Guards = Guards {
    question: QuestionKind::AsyncGuard,
    sources: sources! {
        "tokio::sync::Mutex".["lock" "lock_owned"] -> "MutexGuard",
        "tokio::sync::RwLock".["read" "read_owned"] -> "RwLockReadGuard",
        "tokio::sync::RwLock".["write" "write_owned"] -> "RwLockWriteGuard",
    },
    types: &[],
    awaited: true,
    functions: Functions::None,
};

static ALL: [&Guards; 8] =
    [&LOCKS, &BORROWS, &SPANS, &RUNTIMES, &WATCHES, &MAPS, &MAP_ITERATORS, &ASYNC_LOCKS];

/// Whether a method of this name belongs to one of the families: then none of the others has to ask about it.
pub(super) fn is_trigger_of_any(method: &str) -> bool {
    ALL.iter().any(|guards| guards.is_trigger(method))
}
