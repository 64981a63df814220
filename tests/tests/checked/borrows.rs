//! Guards and borrows that end in time, and those whose guards may live on.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Mutex, RwLock};

use steadfast::checked;
use tokio::sync::{Mutex as AsyncMutex, RwLock as AsyncRwLock, Semaphore, watch};

use crate::{other, send};

#[checked(__ask_everything)]
async fn a_guard_in_a_block(number: &Mutex<u32>) -> u32 {
    let copy = {
        let guard = number.lock().unwrap();
        *guard
    };
    other().await;
    copy
}

#[checked(__ask_everything)]
async fn a_guard_in_an_expression(number: &Mutex<u32>) -> u32 {
    let copy = *number.lock().unwrap();
    *number.lock().unwrap() += 1;
    other().await;
    copy
}

#[checked(__ask_everything)]
async fn a_poisoned_guard(number: &Mutex<u32>) -> u32 {
    let copy = match number.lock() {
        Ok(guard) => *guard,
        Err(poisoned) => *poisoned.into_inner(),
    };
    other().await;
    copy
}

#[checked(__ask_everything)]
async fn a_guard_that_is_tried(number: &Mutex<u32>) -> bool {
    let free = number.try_lock().is_ok();
    other().await;
    free
}

#[checked(__ask_everything)]
async fn a_read_and_a_write(map: &RwLock<HashMap<u8, u8>>) -> usize {
    let before = map.read().unwrap().len();
    map.write().unwrap().insert(1, 2);
    other().await;
    let after = map.read().unwrap().len();
    after - before
}

#[allow(clippy::significant_drop_tightening)]
#[checked(__ask_everything)]
async fn an_entry(map: &Mutex<HashMap<String, usize>>) -> usize {
    let count = {
        let mut map = map.lock().unwrap();
        let entry = map.entry("a".to_owned()).or_default();
        *entry += 1;
        *entry
    };
    other().await;
    count
}

#[checked(__ask_everything)]
async fn a_cell() -> u8 {
    let number = {
        let cell = RefCell::new(1);
        *cell.borrow_mut() += 1;
        let now = *cell.borrow();
        now
    };
    other().await;
    number
}

#[checked(__ask_everything)]
async fn an_async_guard(number: &AsyncMutex<u32>) -> u32 {
    let mut guard = number.lock().await;
    *guard += 1;
    other().await;
    *guard
}

#[checked(__ask_everything)]
async fn async_read_and_write(number: &AsyncRwLock<u32>) -> u32 {
    let before = *number.read().await;
    let mut guard = number.write().await;
    *guard += 1;
    other().await;
    before + *guard
}

#[checked(__ask_everything)]
async fn a_permit(places: &Semaphore) -> usize {
    let permit = places.acquire().await.unwrap();
    let left = places.available_permits();
    other().await;
    drop(permit);
    left
}

#[checked(__ask_everything)]
async fn a_permit_with_an_underscore(places: &Semaphore) -> usize {
    let _permit = places.acquire().await;
    other().await;
    places.available_permits()
}

#[checked(__ask_everything)]
async fn a_watched_value(receiver: &mut watch::Receiver<u8>) -> u8 {
    let now = *receiver.borrow_and_update();
    other().await;
    now
}

#[checked(__ask_everything)]
async fn reborrowed(list: &mut Vec<u8>) -> usize {
    let first = &mut *list;
    first.push(1);
    let length = first.len();
    other().await;
    list.push(2);
    length + list.len()
}

#[checked(__ask_everything)]
async fn two_fields(pair: &mut (Vec<u8>, String)) -> usize {
    let list = &mut pair.0;
    let text = &mut pair.1;
    list.push(1);
    other().await;
    text.push('a');
    list.len() + text.len()
}

#[checked(__ask_everything)]
async fn a_slice_pattern(list: &[u8]) -> u8 {
    let [first, rest @ ..] = list else { return 0 };
    other().await;
    *first + rest.first().copied().unwrap_or_default()
}

#[checked(__ask_everything)]
async fn an_extended_temporary() -> usize {
    let list = &vec![1, 2, 3];
    let text = &mut String::from("a");
    other().await;
    text.push('b');
    list.len() + text.len()
}

#[checked(__ask_everything)]
async fn in_the_condition(list: &Mutex<Vec<u8>>) -> &'static str {
    if list.lock().unwrap().is_empty() {
        other().await;
        "empty"
    } else {
        other().await;
        "full"
    }
}

#[tokio::test]
async fn all_of_them_run() {
    let number = Mutex::new(3);
    assert_eq!(send(a_guard_in_a_block(&number)).await, 3);
    assert_eq!(send(a_guard_in_an_expression(&number)).await, 3);
    assert_eq!(send(a_poisoned_guard(&number)).await, 4);
    assert!(send(a_guard_that_is_tried(&number)).await);
    assert_eq!(send(a_read_and_a_write(&RwLock::default())).await, 1);
    assert_eq!(send(an_entry(&Mutex::default())).await, 1);
    assert_eq!(send(a_cell()).await, 2);
    assert_eq!(send(an_async_guard(&AsyncMutex::new(1))).await, 2);
    assert_eq!(send(async_read_and_write(&AsyncRwLock::new(1))).await, 3);
    assert_eq!(send(a_permit(&Semaphore::new(2))).await, 1);
    assert_eq!(send(a_permit_with_an_underscore(&Semaphore::new(2))).await, 1);
    let (_sender, mut receiver) = watch::channel(3);
    assert_eq!(send(a_watched_value(&mut receiver)).await, 3);
    assert_eq!(send(reborrowed(&mut Vec::new())).await, 3);
    assert_eq!(send(two_fields(&mut (Vec::new(), String::new()))).await, 2);
    assert_eq!(send(a_slice_pattern(&[1, 2])).await, 3);
    assert_eq!(send(an_extended_temporary()).await, 5);
    assert_eq!(in_the_condition(&Mutex::default()).await, "empty");
}
