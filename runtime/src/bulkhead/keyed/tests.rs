//! The books of the keys, without a semaphore to wait at.

use std::time::Duration;

use super::fingerprint::{Fingerprint, Fingerprints};
use super::keys::{Bounds, Entrance, Keys};
use crate::bulkhead::Admission;

const WAIT: Admission = Admission::new();
const FOR_EVER: Duration = Duration::MAX;

struct Books {
    fingerprints: Fingerprints,
    keys: Keys,
}

impl Books {
    fn new(max_keys: usize, idle: Duration) -> Self {
        let bounds = Bounds { limit: 1, max_keys, idle };
        Self { fingerprints: Fingerprints::default(), keys: Keys::new(bounds) }
    }

    fn enter(&mut self, key: u64) -> (Fingerprint, Entrance) {
        let fingerprint = self.fingerprints.of(&key);
        (fingerprint, self.keys.enter(fingerprint, &WAIT).expect("all may wait"))
    }

    fn leave(&mut self, (fingerprint, entrance): (Fingerprint, Entrance)) {
        if entrance.ticket.is_none() {
            entrance.entry.permits.add_permits(1);
        }
        if let Some(entry) = self.keys.leave(fingerprint, entrance.ticket) {
            entry.permits.add_permits(1);
        }
    }

    fn visit(&mut self, key: u64) {
        let inside = self.enter(key);
        assert!(inside.1.ticket.is_none());
        self.leave(inside);
    }
}

#[test]
fn the_idle_order_stays_short_whatever_comes() {
    let mut books = Books::new(40, FOR_EVER);
    let mut random = fastrand::Rng::with_seed(7);
    let mut inside = Vec::new();
    for _ in 0..50_000 {
        match random.u8(..3) {
            0 if inside.len() < 60 => inside.push(books.enter(random.u64(..80))),
            1 if !inside.is_empty() => books.leave(inside.swap_remove(random.usize(..inside.len()))),
            _ => {
                let visitor = books.enter(random.u64(..80));
                books.leave(visitor);
            }
        }
        assert!(books.keys.live() <= 40);
        assert!(books.keys.idle_order().len() <= 2 * books.keys.live() + 64);
        if books.keys.waits_for_room() {
            assert_eq!((books.keys.live(), books.keys.busy()), (40, 40), "nobody waits for an idle key");
        }
    }
}

#[test]
fn a_known_key_makes_no_order_grow() {
    let mut books = Books::new(1_000, FOR_EVER);
    for key in 0..100 {
        books.visit(key);
    }
    let capacity = books.keys.idle_order().capacity();
    for visit in 0..10_000 {
        books.visit(visit % 100);
    }
    assert_eq!(books.keys.idle_order().capacity(), capacity);
}

#[test]
fn one_call_sweeps_a_few_keys_and_many_calls_all_of_them() {
    let mut books = Books::new(1_000, Duration::ZERO);
    let inside: Vec<_> = (0..100).map(|key| books.enter(key)).collect();
    books.keys.set_idle(FOR_EVER);
    for one in inside {
        books.leave(one);
    }
    assert_eq!(books.keys.live(), 100);
    books.keys.set_idle(Duration::ZERO);
    let held = books.enter(1_000);
    let after_one = books.keys.live();
    assert!((80..100).contains(&after_one), "{after_one} are left after one call");
    for _ in 0..10 {
        let waits = books.enter(1_000);
        books.leave(waits);
    }
    assert_eq!(books.keys.live(), 1, "the one that is held");
    books.leave(held);
    assert_eq!(books.keys.live(), 0);
}

#[test]
fn a_rush_of_new_keys_costs_no_memory_afterwards() {
    let mut books = Books::new(1, FOR_EVER);
    let held = books.enter(0);
    let rush: Vec<_> = (1..5_000).map(|key| books.enter(key)).collect();
    assert_eq!((books.keys.live(), books.keys.waiting()), (1, 4_999));
    assert!(books.keys.line_capacity() >= 4_999);
    for one in rush {
        books.leave(one);
    }
    assert_eq!((books.keys.waiting(), books.keys.line_capacity()), (0, 0));
    books.leave(held);
}
