//! `KeyedBulkhead`: a limit per key, a cap on the keys, and nobody who uses a key ever loses it.

use std::collections::HashMap;
use std::future::Future;
use std::hash::{Hash, Hasher};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::FutureExt;
use steadfast::{Admission, Executed, KeyedBulkhead, KeyedPermit, PolicyErrorKind};
use tokio::task::{JoinSet, yield_now};

#[path = "bulkhead_keyed/cap.rs"]
mod cap;
#[path = "bulkhead_keyed/drops.rs"]
mod drops;
#[path = "bulkhead_keyed/idle.rs"]
mod idle;
#[path = "bulkhead_keyed/model.rs"]
mod model;

const SECOND: Duration = Duration::from_secs(1);

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Nobody holds or waits for anything, and every key that is left has all of its permits.
fn assert_unused(bulkhead: &KeyedBulkhead, when: &str) {
    let state = (bulkhead.busy_keys(), bulkhead.waiting());
    assert_eq!(state, (0, 0), "busy keys and waiting callers {when}");
}

#[test]
fn every_key_has_a_limit_of_its_own() {
    let bulkhead = KeyedBulkhead::new(2);
    let alice = [bulkhead.try_acquire("alice"), bulkhead.try_acquire("alice")];
    assert!(alice.iter().all(Option::is_some));
    assert!(bulkhead.try_acquire("alice").is_none());
    assert!(bulkhead.try_acquire("bob").is_some());
    assert_eq!((bulkhead.keys(), bulkhead.busy_keys()), (2, 1));
    drop(alice);
    assert!(bulkhead.try_acquire("alice").is_some());
    assert_unused(&bulkhead, "at the end");
}

#[test]
fn limits_that_make_no_sense_are_clamped() {
    let none = KeyedBulkhead::new(0).max_keys(0);
    let alice = none.try_acquire("alice");
    assert!(alice.is_some());
    assert!(none.try_acquire("alice").is_none());
    assert!(none.try_acquire("bob").is_none(), "one key is kept");
    let all = KeyedBulkhead::new(usize::MAX).max_keys(usize::MAX);
    assert!(all.try_acquire("alice").is_some());
}

#[test]
fn a_keyed_bulkhead_may_be_a_constant_static() {
    static SHARED: KeyedBulkhead = KeyedBulkhead::new(1).max_keys(10).idle(SECOND);
    assert_eq!((SHARED.keys(), SHARED.busy_keys(), SHARED.waiting()), (0, 0, 0));
    let permit: Option<KeyedPermit<'static>> = SHARED.try_acquire("alice");
    assert!(permit.is_some());
}

#[test]
fn its_parts_cross_threads_whatever_the_key() {
    fn is_send_and_sync<T: Send + Sync>(_: &T) {}
    fn is_send<T: Send>(_: &T) {}
    let bulkhead = KeyedBulkhead::new(1);
    is_send_and_sync(&bulkhead);
    is_send_and_sync(&bulkhead.try_acquire("alice"));
    // The key is neither: the future holds its fingerprint.
    let key: Rc<str> = "alice".into();
    let hashed = |key: &Rc<str>| bulkhead.try_acquire::<str>(key).is_some();
    assert!(hashed(&key));
    is_send(&bulkhead.acquire::<str>(&key));
    is_send(&bulkhead.acquire_with("alice", &Admission::new()));
}

#[test]
fn keys_are_borrowed_for_the_call_only_and_may_be_of_any_shape() {
    let bulkhead = KeyedBulkhead::new(1);
    let waiting = {
        let (tenant, host) = (String::from("shop"), String::from("example.org"));
        let holder = bulkhead.try_acquire(&(tenant.as_str(), host.as_str()));
        assert!(holder.is_some());
        // The same words in another owner, and a future that outlives them.
        assert!(bulkhead.try_acquire(&(tenant.clone(), host.clone())).is_none());
        drop(holder);
        bulkhead.acquire(host.as_str())
    };
    assert!(waiting.now_or_never().is_some());
    let slice: &[u8] = &[1, 2, 3];
    assert!(bulkhead.try_acquire(slice).is_some());
    assert!(bulkhead.try_acquire(&vec![1_u8, 2, 3]).is_some());
    assert!(bulkhead.try_acquire(&Some(7_u64)).is_some());
    assert!(bulkhead.try_acquire(&()).is_some());
}

#[test]
fn values_that_hash_alike_share_a_limit() {
    struct CaseBlind(&'static str);
    impl Hash for CaseBlind {
        fn hash<H: Hasher>(&self, state: &mut H) {
            self.0.to_lowercase().hash(state);
        }
    }
    let bulkhead = KeyedBulkhead::new(1);
    let _held = bulkhead.try_acquire(&CaseBlind("Alice"));
    assert!(bulkhead.try_acquire(&CaseBlind("aLICE")).is_none());
    assert!(bulkhead.try_acquire(&CaseBlind("Bob")).is_some());
}

#[test]
fn a_key_whose_hash_panics_breaks_nothing() {
    struct Panics;
    impl Hash for Panics {
        fn hash<H: Hasher>(&self, _: &mut H) {
            panic!("hashed");
        }
    }
    let bulkhead = KeyedBulkhead::new(1);
    let hashed =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| bulkhead.try_acquire(&Panics).is_some()));
    assert!(hashed.is_err());
    assert!(bulkhead.try_acquire("alice").is_some());
    assert_unused(&bulkhead, "after the panic");
}

#[test]
fn debug_shows_numbers_and_no_key() {
    let bulkhead = KeyedBulkhead::new(2).max_keys(7);
    let _permits = (bulkhead.try_acquire("alice"), bulkhead.try_acquire("alice"));
    assert!(bulkhead.try_acquire("bob").is_some());
    let mut waiter = pin!(bulkhead.acquire("alice"));
    assert!(poll(waiter.as_mut()).is_pending());
    let shown = "KeyedBulkhead { limit: 2, max_keys: 7, keys: 2, busy: 1, waiting: 1 }";
    assert_eq!(format!("{bulkhead:?}"), shown);
}

#[test]
fn each_key_serves_in_the_order_of_the_first_poll() {
    let bulkhead = KeyedBulkhead::new(1);
    let mut holder = bulkhead.try_acquire("alice");
    let mut callers: Vec<_> = (0..20).map(|_| Box::pin(bulkhead.acquire("alice"))).collect();
    callers.reverse();
    for caller in &mut callers {
        assert!(poll(caller.as_mut()).is_pending());
    }
    assert_eq!(bulkhead.waiting(), 20);
    for turn in 0..callers.len() {
        drop(holder.take());
        assert!(bulkhead.try_acquire("alice").is_none(), "nobody overtakes");
        let [first, later @ ..] = &mut callers[turn..] else { unreachable!() };
        for caller in later {
            assert!(poll(caller.as_mut()).is_pending(), "somebody was served before {turn}");
        }
        let Poll::Ready(permit) = poll(first.as_mut()) else { panic!("{turn} was left out") };
        holder = Some(permit);
    }
    drop(holder);
    assert_unused(&bulkhead, "after all were served");
}

#[test]
fn each_key_has_its_own_queue() {
    let bulkhead = KeyedBulkhead::new(1);
    let _permits = (bulkhead.try_acquire("alice"), bulkhead.try_acquire("bob"));
    let one = Admission::new().queue(1);
    let (mut alice, mut bob) =
        (pin!(bulkhead.acquire_with("alice", &one)), pin!(bulkhead.acquire_with("bob", &one)));
    assert!(poll(alice.as_mut()).is_pending() && poll(bob.as_mut()).is_pending());

    let refused = bulkhead.acquire_with("alice", &one).now_or_never().expect("refused at once").unwrap_err();
    assert_eq!((refused.kind(), refused.executed()), (PolicyErrorKind::Full, Executed::No));
    assert_eq!(refused.function(), "KeyedBulkhead");
    assert_eq!(refused.to_string(), "`KeyedBulkhead` is full: 1 callers wait, and at most 1 may");
    assert_eq!(bulkhead.waiting(), 2);
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_key_has_an_end() {
    let bulkhead = KeyedBulkhead::new(1);
    let holder = bulkhead.try_acquire("alice");
    let start = tokio::time::Instant::now();
    let refused = bulkhead.acquire_with("alice", &Admission::new().max_wait(SECOND)).await.unwrap_err();
    assert_eq!((start.elapsed(), refused.elapsed()), (SECOND, SECOND));
    assert_eq!(refused.to_string(), "`KeyedBulkhead` is full: no permit came free within 1s");
    drop(holder);
    assert_unused(&bulkhead, "after a caller gave up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thousands_of_callers_keep_to_the_limit_of_their_keys_and_to_the_cap() {
    let bulkhead = Arc::new(KeyedBulkhead::new(2).max_keys(5));
    let inside: Arc<HashMap<usize, AtomicUsize>> =
        Arc::new((0..12).map(|key| (key, AtomicUsize::new(0))).collect());
    let mut callers = JoinSet::new();
    for caller in 0..4_000_usize {
        let (bulkhead, inside) = (Arc::clone(&bulkhead), Arc::clone(&inside));
        callers.spawn(async move {
            let key = caller * 7 % 12;
            let call = async {
                let _permit = bulkhead.acquire(&key).await;
                assert!(inside[&key].fetch_add(1, Ordering::SeqCst) < 2);
                assert!(bulkhead.keys() <= 5);
                let _leaves = Leaves(&inside[&key]);
                yield_now().await;
            };
            if caller % 4 == 0 {
                // Goes away in one of the queues, with its turn, or inside.
                tokio::select! { biased; () = async { for _ in 0..caller % 5 { yield_now().await } } => {}, () = call => {} }
            } else {
                call.await;
            }
        });
    }
    callers.join_all().await;
    assert_unused(&bulkhead, "after the rush");
}

struct Leaves<'a>(&'a AtomicUsize);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
