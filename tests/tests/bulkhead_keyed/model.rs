//! Any sequence of calls against the rules, read off what every caller sees.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use proptest::prelude::*;
use steadfast::{KeyedBulkhead, KeyedPermit};

use crate::{assert_unused, poll};

const LIMIT: usize = 2;
const CAP: usize = 3;

#[derive(Clone, Debug)]
enum Step {
    /// A caller with this key comes and waits if it must.
    Come(u8),
    /// One of those inside leaves.
    Leave(usize),
    /// One of those who wait goes away, before it was polled again.
    GiveUp(usize),
    /// A caller with this key comes, and goes if there is nothing at once.
    Try(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6_u8).prop_map(Step::Come),
        3 => (0..100_usize).prop_map(Step::Leave),
        1 => (0..100_usize).prop_map(Step::GiveUp),
        1 => (0..6_u8).prop_map(Step::Try),
    ]
}

struct Waiter<'a> {
    key: u8,
    arrival: usize,
    turn: Pin<Box<dyn Future<Output = KeyedPermit<'a>> + 'a>>,
}

#[derive(Default)]
struct Callers<'a> {
    inside: Vec<(u8, KeyedPermit<'a>)>,
    waiting: Vec<Waiter<'a>>,
    arrivals: usize,
}

impl<'a> Callers<'a> {
    fn come(&mut self, bulkhead: &'a KeyedBulkhead, key: u8) {
        let mut turn: Pin<Box<dyn Future<Output = _>>> = Box::pin(bulkhead.acquire(&key));
        self.arrivals += 1;
        match poll(turn.as_mut()) {
            Poll::Ready(permit) => self.inside.push((key, permit)),
            Poll::Pending => self.waiting.push(Waiter { key, arrival: self.arrivals, turn }),
        }
    }

    /// Polls all who wait, the latest first: the order of polling must not be the order of service.
    ///
    /// `each_step`: nothing happened since they were polled but one step. Otherwise the caller whose key got a room
    /// may have gone away again, and others of its key are served for it.
    fn poll_waiters(&mut self, each_step: bool) {
        let before = self.per_key();
        let mut served: Vec<(u8, usize)> = Vec::new();
        for place in (0..self.waiting.len()).rev() {
            if let Poll::Ready(permit) = poll(self.waiting[place].turn.as_mut()) {
                let Waiter { key, arrival, .. } = self.waiting.remove(place);
                served.push((key, arrival));
                self.inside.push((key, permit));
            }
        }
        let after = self.per_key();
        for waiter in &self.waiting {
            let later = |&&(key, arrival): &&(u8, usize)| key == waiter.key && arrival > waiter.arrival;
            assert_eq!(served.iter().find(later), None, "overtook {} in its queue", waiter.arrival);
            if each_step && !after.contains_key(&waiter.key) {
                let first =
                    served.iter().filter(|(key, _)| !before.contains_key(key)).map(|(_, arrival)| arrival);
                let overtook = first.min().is_some_and(|first| *first > waiter.arrival);
                assert!(!overtook, "a key of later callers got the room of {}", waiter.arrival);
            }
        }
    }

    fn per_key(&self) -> BTreeMap<u8, usize> {
        let mut per_key = BTreeMap::new();
        for (key, _) in &self.inside {
            *per_key.entry(*key).or_default() += 1;
        }
        per_key
    }

    fn check(&self, bulkhead: &KeyedBulkhead) {
        let per_key = self.per_key();
        assert!(per_key.values().all(|&inside| inside <= LIMIT), "{per_key:?}");
        assert!(bulkhead.keys() <= CAP);
        assert_eq!(bulkhead.busy_keys(), per_key.len(), "a key with a waiter has a holder, too");
        assert_eq!(bulkhead.waiting(), self.waiting.len());
        for waiter in &self.waiting {
            let full = per_key.get(&waiter.key) == Some(&LIMIT);
            let no_room = !per_key.contains_key(&waiter.key) && per_key.len() == CAP;
            assert!(full || no_room, "a caller of key {} waits for nothing: {per_key:?}", waiter.key);
        }
    }
}

proptest! {
    #[test]
    fn nobody_is_over_a_limit_overtaken_or_left_waiting_for_nothing(
        steps in prop::collection::vec((step(), prop::bool::weighted(0.8)), 1..150),
    ) {
        let bulkhead = KeyedBulkhead::new(LIMIT).max_keys(CAP);
        let mut callers = Callers::default();
        let mut each_step = true;
        for (step, polls) in steps {
            match step {
                Step::Come(key) => callers.come(&bulkhead, key),
                Step::Leave(who) if !callers.inside.is_empty() => {
                    let who = who % callers.inside.len();
                    drop(callers.inside.swap_remove(who));
                }
                Step::GiveUp(who) if !callers.waiting.is_empty() => {
                    let who = who % callers.waiting.len();
                    drop(callers.waiting.remove(who));
                }
                Step::Try(key) => drop(bulkhead.try_acquire(&key)),
                Step::Leave(_) | Step::GiveUp(_) => continue,
            }
            if polls {
                callers.poll_waiters(each_step);
                callers.check(&bulkhead);
            }
            each_step = polls;
        }
        drop(callers);
        assert_unused(&bulkhead, "at the end");
    }
}
