//! A call that succeeds allocates nothing. In a file of its own, since the counter counts for the whole process.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use steadfast_benches::{Case, Side, Subject, sides};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What the runtime allocates to start is the same for every number of calls.
fn allocations(subject: &Subject, calls: u64) -> usize {
    let region = Region::new(ALLOCATOR);
    subject.run(calls);
    region.change().allocations
}

#[test]
fn a_call_that_succeeds_allocates_nothing() {
    let subjects = sides::subjects();
    let own = subjects.iter().filter(|subject| subject.side == Side::Steadfast);
    let succeeding: Vec<_> =
        own.filter(|subject| matches!(subject.case, Case::Ready(_) | Case::Suspends(_))).collect();
    assert_eq!(succeeding.len(), 12, "each policy around each body");
    for subject in succeeding {
        // The first call of all reads the environment.
        subject.run(1);
        assert_eq!(allocations(subject, 1), allocations(subject, 100), "{subject:?}");
    }
}
