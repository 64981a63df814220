//! The scope that the code that runs now belongs to.
//!
//! As `tokio::task_local!` does it, the value is put in place for the length of one poll. A task of ours carries it as a
//! count it has anyway, so a poll moves a pointer in and out and touches no counter.

use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::sync::Arc;

use crate::scope::Core;
use crate::sync::thread_local;

thread_local! {
    // Whoever puts something in takes it out again, so nothing is left for a destructor, and without one the thread
    // need not be asked at each poll whether it still has the value.
    static CURRENT: Cell<ManuallyDrop<Option<Arc<Core>>>> = const { Cell::new(ManuallyDrop::new(None)) };
}

/// Puts that one in place and gives the one that was there.
#[inline]
pub(crate) fn replace(core: Option<Arc<Core>>) -> Option<Arc<Core>> {
    ManuallyDrop::into_inner(CURRENT.replace(ManuallyDrop::new(core)))
}

/// The innermost scope.
pub(crate) fn get() -> Option<Arc<Core>> {
    let core = replace(None);
    let copy = core.clone();
    replace(core);
    copy
}
