//! What a smaller limit owes, and who looks at it.

use super::*;

fn debt(bulkhead: &Bulkhead) -> usize {
    *bulkhead.lock_debt()
}

#[test]
fn permits_free_out_and_owed_add_up_to_the_limit() {
    let bulkhead = Bulkhead::new(4);
    let mut inside: Vec<Permit<'_>> = std::iter::from_fn(|| bulkhead.try_acquire()).take(3).collect();
    for (limit, owed, free) in [(2, 1, 0), (1, 2, 0), (2, 1, 0), (4, 0, 1), (3, 0, 0), (1, 2, 0)] {
        bulkhead.resize(limit);
        assert_eq!((debt(&bulkhead), bulkhead.available()), (owed, free), "at {limit}");
        assert_eq!(bulkhead.limit() + owed, inside.len() + free, "at {limit}");
    }
    for (owed, free) in [(1, 0), (0, 0), (0, 1)] {
        inside.pop();
        assert_eq!((debt(&bulkhead), bulkhead.available()), (owed, free));
    }
}

#[test]
fn a_fixed_bulkhead_never_looks_at_the_debt() {
    let bulkhead = Bulkhead::fixed(1);
    let permit = bulkhead.try_acquire();
    // It would not come back from here if it did.
    let _locked = bulkhead.lock_debt();
    drop(permit);
    assert_eq!(bulkhead.available(), 1);
}

#[test]
fn a_poisoned_lock_is_as_good_as_any() {
    let bulkhead = Bulkhead::new(2);
    let permits = (bulkhead.try_acquire(), bulkhead.try_acquire());
    let poisoned = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _locked = bulkhead.lock_debt();
        panic!("with the lock held");
    }));
    assert!(poisoned.is_err());
    bulkhead.resize(1);
    drop(permits);
    assert_eq!((bulkhead.available(), debt(&bulkhead)), (1, 0));
}
