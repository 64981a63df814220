//! Keys that nobody uses, and when they leave.

use steadfast::KeyedBulkhead;
use tokio::time::advance;

use crate::SECOND;

fn visit(bulkhead: &KeyedBulkhead, keys: std::ops::Range<u32>) {
    for key in keys {
        assert!(bulkhead.try_acquire(&key).is_some());
    }
}

/// Whether `key` is still kept: a known key takes no room.
fn is_kept(bulkhead: &KeyedBulkhead, key: u32) -> bool {
    let before = bulkhead.keys();
    visit(bulkhead, key..key + 1);
    bulkhead.keys() == before
}

#[tokio::test(start_paused = true)]
async fn an_idle_key_leaves_after_its_time() {
    let bulkhead = KeyedBulkhead::new(1).idle(SECOND * 10);
    visit(&bulkhead, 0..100);
    advance(SECOND * 9).await;
    visit(&bulkhead, 50..60);
    assert_eq!(bulkhead.keys(), 100);
    advance(SECOND).await;
    assert_eq!(bulkhead.keys(), 10, "those that were used a second ago stay");
    advance(SECOND * 9).await;
    assert_eq!(bulkhead.keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_default_is_a_minute() {
    let bulkhead = KeyedBulkhead::new(1);
    visit(&bulkhead, 0..3);
    advance(SECOND * 59).await;
    assert_eq!(bulkhead.keys(), 3);
    advance(SECOND).await;
    assert_eq!(bulkhead.keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_key_is_idle_from_its_last_use_not_from_its_first() {
    let bulkhead = KeyedBulkhead::new(1).idle(SECOND);
    let held = bulkhead.try_acquire(&1);
    advance(SECOND * 100).await;
    assert_eq!((bulkhead.keys(), bulkhead.busy_keys()), (1, 1));
    drop(held);
    assert_eq!((bulkhead.keys(), bulkhead.busy_keys()), (1, 0));
    advance(SECOND).await;
    assert_eq!(bulkhead.keys(), 0);
}

#[test]
fn with_no_time_at_all_a_key_leaves_with_its_last_user() {
    let bulkhead = KeyedBulkhead::new(2).idle(std::time::Duration::ZERO);
    let (first, second) = (bulkhead.try_acquire(&1), bulkhead.try_acquire(&1));
    drop(first);
    assert_eq!(bulkhead.keys(), 1);
    drop(second);
    assert_eq!(bulkhead.keys(), 0);
}

#[tokio::test(start_paused = true)]
async fn at_the_cap_the_longest_idle_key_leaves() {
    let bulkhead = KeyedBulkhead::new(1).max_keys(3);
    visit(&bulkhead, 1..4);
    // All at the same instant of the paused clock: it is the order that counts.
    visit(&bulkhead, 1..2);
    visit(&bulkhead, 4..5);
    assert_eq!(bulkhead.keys(), 3);
    assert!(
        is_kept(&bulkhead, 3) && is_kept(&bulkhead, 1) && is_kept(&bulkhead, 4),
        "2 was the longest idle"
    );
}

#[test]
fn keys_count_up_to_the_cap_and_no_further() {
    let bulkhead = KeyedBulkhead::new(1);
    for key in 0..10_100_u32 {
        visit(&bulkhead, key..key + 1);
        if key % 1_000 == 999 {
            assert_eq!(bulkhead.keys(), usize::try_from(key + 1).expect("small").min(10_000));
        }
    }
    assert_eq!(bulkhead.keys(), 10_000, "the default cap");
}

#[tokio::test(start_paused = true)]
async fn a_hundred_thousand_keys_do_not_move_the_one_that_is_held() {
    const CAP: usize = 1_000;
    let bulkhead = KeyedBulkhead::new(2).max_keys(CAP).idle(SECOND);
    let held = (bulkhead.acquire("held").await, bulkhead.acquire("held").await);
    for key in 0..100_000_u32 {
        visit(&bulkhead, key..key + 1);
        if key % 97 == 0 {
            assert!(bulkhead.keys() <= CAP);
            assert!(bulkhead.try_acquire("held").is_none(), "after {key} other keys");
        }
        if key % 10_000 == 0 {
            advance(SECOND).await;
        }
    }
    assert_eq!(bulkhead.keys(), CAP);
    assert_eq!(bulkhead.busy_keys(), 1);
    drop(held);
    advance(SECOND).await;
    assert_eq!(bulkhead.keys(), 0);
}
