//! What a child and an item may allocate. In a file of its own, since the counter counts for the whole process.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use steadfast_benches::tasks::{Family, families};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How much one call of that row and column allocates.
fn allocations(family: &Family, row: &str, column: &str) -> usize {
    let row = family.rows.iter().find(|each| each.name == row).expect("a row of that name");
    let at = family.columns.iter().position(|each| each.name == column).expect("a column of that name");
    let way = row.ways[at].as_ref().expect("it is measured without peers");
    // The first call of all reads the environment; what the runtime allocates to start is the same each time.
    way.run(1);
    let counted = |calls| {
        let region = Region::new(ALLOCATOR);
        way.run(calls);
        let change = region.change();
        change.allocations + change.reallocations
    };
    let (few, many) = (counted(1), counted(3));
    (many - few) / 2
}

/// How often a table of 100 children grows, from 8, and the scope itself.
const OF_THE_SCOPE: usize = 6;

#[test]
fn a_child_is_one_allocation_and_an_item_none() {
    let families = families();
    for family in families.iter().filter(|family| family.name == "scope") {
        let dropped = allocations(family, "100 children", "scope, handles dropped");
        assert!(dropped <= 100 + OF_THE_SCOPE, "{dropped}");
        // The list of the handles is the caller's.
        let awaited = allocations(family, "100 children", "scope, handles awaited");
        assert!(awaited <= 100 + OF_THE_SCOPE + 1, "{awaited}");
        let join_set = allocations(family, "100 children", "JoinSet");
        assert!(awaited < join_set, "{awaited}, and {join_set} of a `JoinSet`");
    }
    let queue = families.iter().find(|family| family.name == "queue").expect("that of queues");
    for row in &queue.rows {
        for column in ["Queue", "LifoQueue", "PriorityQueue"] {
            // The queue, its table, its lines and its tasks, for 1000 items.
            let all = allocations(queue, &row.name, column);
            assert!(all < 40, "{all} allocations: {}, {column}", row.name);
        }
    }
}
