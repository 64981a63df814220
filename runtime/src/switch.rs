//! One byte that says whether anything out of the ordinary is going on, so that a call that nobody watches pays for
//! one relaxed load and one branch.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::testing;

/// What a policy does, where a control or an event has to name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PolicyKind {
    /// `timeout`, per attempt and in total.
    Timeout,
    /// `retry`.
    Retry,
    /// `bounded`.
    Bounded,
}

impl PolicyKind {
    pub(crate) const fn bit(self) -> u8 {
        match self {
            Self::Timeout => 1,
            Self::Retry => 2,
            Self::Bounded => 4,
        }
    }
}

/// Somebody observes: an `Observer` is installed, or a feature sends events on.
const OBSERVED: u8 = 1;
/// A test control was entered at least once in this process, so tasks have to look for one.
const CONTROLLED: u8 = 2;
/// `STEADFAST_DISABLED` has not been read yet.
const UNREAD: u8 = 4;
/// `STEADFAST_DISABLED` is set.
const DISABLED: u8 = 8;

const ALWAYS_OBSERVED: bool = cfg!(feature = "metrics");

static STATE: AtomicU8 = AtomicU8::new(if ALWAYS_OBSERVED { UNREAD | OBSERVED } else { UNREAD });

/// Nobody observes, controls or disables: the fast path.
#[inline]
pub(crate) fn quiet() -> bool {
    STATE.load(Ordering::Relaxed) == 0 && !traced()
}

/// Whether there is a subscriber of `tracing` that wants to hear of anything.
#[inline]
fn traced() -> bool {
    #[cfg(feature = "tracing")]
    let traced = tracing::level_filters::LevelFilter::current() != tracing::level_filters::LevelFilter::OFF;
    #[cfg(not(feature = "tracing"))]
    let traced = false;
    traced
}

#[inline]
pub(crate) fn observed() -> bool {
    !quiet() && (state() & OBSERVED != 0 || traced())
}

/// Whether a policy of this kind is to stand aside in the current task.
#[inline]
pub(crate) fn disabled(kind: PolicyKind) -> bool {
    !quiet() && disabled_now(kind)
}

pub(crate) fn set_observed(observed: bool) {
    if observed || ALWAYS_OBSERVED {
        STATE.fetch_or(OBSERVED, Ordering::Relaxed);
    } else {
        STATE.fetch_and(!OBSERVED, Ordering::Relaxed);
    }
}

pub(crate) fn set_controlled() {
    STATE.fetch_or(CONTROLLED, Ordering::Relaxed);
}

#[cold]
fn disabled_now(kind: PolicyKind) -> bool {
    let state = state();
    state & DISABLED != 0
        || (state & CONTROLLED != 0 && testing::current().is_some_and(|controls| controls.is_disabled(kind)))
}

#[cold]
fn state() -> u8 {
    let state = STATE.load(Ordering::Relaxed);
    if state & UNREAD == 0 {
        return state;
    }
    if disabled_by_environment(std::env::var("STEADFAST_DISABLED").ok().as_deref()) {
        STATE.fetch_or(DISABLED, Ordering::Relaxed);
    }
    STATE.fetch_and(!UNREAD, Ordering::Relaxed) & !UNREAD
}

fn disabled_by_environment(value: Option<&str>) -> bool {
    value.is_some_and(|value| matches!(value.trim(), "1" | "true" | "yes" | "on"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_yes_disables() {
        for yes in ["1", "true", "yes", "on", " 1 "] {
            assert!(disabled_by_environment(Some(yes)), "{yes:?}");
        }
        for no in ["", "0", "false", "no", "off", "retry"] {
            assert!(!disabled_by_environment(Some(no)), "{no:?}");
        }
        assert!(!disabled_by_environment(None));
    }
}
