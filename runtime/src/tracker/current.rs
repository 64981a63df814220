//! The scope that the code that runs now belongs to.
//!
//! As `tokio::task_local!` does it, the value is put in place for the length of one poll. A task of ours carries it as a
//! count it has anyway, so a poll moves a pointer in and out and touches no counter.

use std::cell::Cell;
use std::sync::Arc;

use crate::scope::Core;

thread_local! {
    static CURRENT: Cell<Option<Arc<Core>>> = const { Cell::new(None) };
}

/// Puts that one in place and gives the one that was there.
#[inline]
pub(crate) fn replace(mut core: Option<Arc<Core>>) -> Option<Arc<Core>> {
    match CURRENT.try_with(|current| current.replace(core.take())) {
        Ok(outer) => outer,
        // A task that is dropped with its thread finds nothing any more, and gets its own back.
        Err(_) => core,
    }
}

/// The innermost scope.
pub(crate) fn get() -> Option<Arc<Core>> {
    let get = |current: &Cell<Option<Arc<Core>>>| {
        let core = current.take();
        current.set(core.clone());
        core
    };
    CURRENT.try_with(get).ok().flatten()
}
