//! Bulkheads and budgets: their counts beside a semaphore and a window.

use loom::thread;
use steadfast_loom::{Admission, Budget, Bulkhead};

use super::*;

/// Its counts are made before anybody else comes to them.
fn known(bulkhead: Bulkhead) -> Arc<Bulkhead> {
    assert_eq!((bulkhead.limit(), bulkhead.waiting()), (bulkhead.available(), 0));
    Arc::new(bulkhead)
}

/// A limit that goes down while a permit comes back and a caller gives its place up: what is owed is paid, once.
#[test]
fn a_limit_that_changes() {
    every_order(3, || {
        let bulkhead = known(Bulkhead::new(2));
        let (holding, resizing) = (Arc::clone(&bulkhead), Arc::clone(&bulkhead));
        let holds = thread::spawn(move || {
            let one = poll_once(holding.acquire());
            let two = poll_once(holding.acquire());
            drop((one, two));
        });
        let resizes = thread::spawn(move || resizing.resize(1));
        drop(poll_once(bulkhead.acquire()));
        holds.join().expect("no panic");
        resizes.join().expect("no panic");
        assert_eq!((bulkhead.limit(), bulkhead.available(), bulkhead.waiting()), (1, 1, 0));
    });
}

/// Of two who see one place in the queue, one gets it.
#[test]
fn a_place_in_the_queue_is_given_once() {
    every_order(3, || {
        let bulkhead = known(Bulkhead::new(1));
        let held = bulkhead.try_acquire().expect("free");
        let waited = Count::default();
        let others = [(); 2].map(|()| {
            let (bulkhead, waited) = (Arc::clone(&bulkhead), waited.clone());
            thread::spawn(move || {
                let admission = Admission::new().queue(1);
                let mut waits = Box::pin(bulkhead.acquire_with(&admission));
                let polled = waits.as_mut().poll(&mut Context::from_waker(Waker::noop()));
                let place = polled.is_pending().then(|| waited.guard());
                assert!(waited.now() <= 1, "two in a queue of one");
                assert!(bulkhead.waiting() <= 1);
                // The guard first: the place is free once the wait is gone.
                drop(place);
                drop(waits);
            })
        });
        for other in others {
            other.join().expect("no panic");
        }
        drop(held);
        assert_eq!((bulkhead.available(), bulkhead.waiting()), (1, 0));
    });
}

/// Deposits that come while somebody looks are counted once.
#[test]
fn deposits_are_counted_once() {
    every_order(3, || {
        let budget = Arc::new(Budget::new().ratio(1.0).min_per_sec(0));
        assert!(!budget.try_withdraw(), "empty");
        let (deposits, looks) = (Arc::clone(&budget), Arc::clone(&budget));
        let deposits = thread::spawn(move || {
            deposits.deposit();
            deposits.deposit();
        });
        let looks = thread::spawn(move || looks.try_withdraw());
        deposits.join().expect("no panic");
        let spent = if looks.join().expect("no panic") { 1.0 } else { 0.0 };
        assert!((budget.balance() - (2.0 - spent)).abs() < 1e-6, "{budget:?}, {spent} spent");
    });
}
