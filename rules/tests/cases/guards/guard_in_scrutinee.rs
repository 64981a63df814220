use std::cell::RefCell;
use std::sync::{Mutex, RwLock};
use tokio::sync::watch;

async fn while_let(queue: &Mutex<Vec<u32>>) {
    while let Some(item) = queue.lock().unwrap().pop() { //~ guard_in_scrutinee
        send(item).await;
    }
}

async fn if_let(queue: &Mutex<Vec<u32>>) {
    if let Some(item) = queue.lock().unwrap().pop() { //~ guard_in_scrutinee
        send(item).await;
    }
}

async fn matched(map: &RwLock<Option<u32>>) {
    match map.read().unwrap().as_ref() { //~ guard_in_scrutinee
        Some(item) => send(*item).await,
        None => {}
    }
}

async fn cloned_in_the_head(map: &RwLock<Option<u32>>) {
    match map.read().unwrap().clone() { //~ guard_in_scrutinee
        Some(item) => send(item).await,
        None => {}
    }
}

async fn dereferenced(state: &Mutex<State>) {
    match *state.lock().unwrap() { //~ guard_in_scrutinee
        State::Open => send(1).await,
        State::Closed => {}
    }
}

async fn for_loop(items: &Mutex<Vec<u32>>) {
    for item in items.lock().unwrap().iter() { //~ guard_in_scrutinee
        send(*item).await;
    }
}

async fn for_loop_over_a_copy(items: &Mutex<Vec<u32>>) {
    for item in items.lock().unwrap().clone() { //~ guard_in_scrutinee
        send(item).await;
    }
}

async fn in_a_chain(items: &Mutex<Vec<u32>>, on: bool) {
    if on && let Some(item) = items.lock().unwrap().pop() { //~ guard_in_scrutinee
        send(item).await;
    }
}

async fn borrowed(items: &RefCell<Vec<u32>>) {
    while let Some(item) = items.borrow_mut().pop() { //~ guard_in_scrutinee
        send(item).await;
    }
}

async fn watched(config: watch::Receiver<Option<u32>>) {
    if let Some(item) = config.borrow().as_ref() { //~ guard_in_scrutinee
        send(*item).await;
    }
}

async fn unknown(items: Items) {
    if let Some(item) = items.inner.lock().pop() { //? guard_in_scrutinee
        send(item).await;
    }
}

async fn block_in_the_head(queue: &Mutex<Vec<u32>>) {
    while let Some(item) = {
        let mut queue = queue.lock().unwrap();
        queue.pop()
    } {
        send(item).await;
    }
}

async fn taken_first(queue: &Mutex<Vec<u32>>) {
    loop {
        let item = queue.lock().unwrap().pop();
        let Some(item) = item else { break };
        send(item).await;
    }
}

async fn only_in_the_else(queue: &Mutex<Vec<u32>>) {
    if let Some(item) = queue.lock().unwrap().pop() {
        println!("{item}");
    } else {
        send(0).await;
    }
}

async fn let_else(queue: &Mutex<Vec<u32>>) {
    let Some(item) = queue.lock().unwrap().pop() else { return };
    send(item).await;
}

async fn plain_condition(queue: &Mutex<Vec<u32>>) {
    if queue.lock().unwrap().is_empty() {
        send(0).await;
    }
    while queue.lock().unwrap().len() > 3 {
        send(1).await;
    }
}

async fn no_await_in_the_body(queue: &Mutex<Vec<u32>>) {
    for item in queue.lock().unwrap().iter() {
        println!("{item}");
    }
    send(0).await;
}

async fn tokio_lock(queue: &tokio::sync::Mutex<Vec<u32>>) {
    while let Some(item) = queue.lock().await.pop() {
        send(item).await;
    }
}

async fn another_coroutine(queue: &Mutex<Vec<u32>>) {
    for item in queue.lock().unwrap().drain(..) {
        tokio::spawn(async move { send(item).await });
    }
}

async fn given_away(queue: &Mutex<Vec<u32>>) {
    match total(queue.lock().unwrap()) {
        0 => {}
        n => send(n).await,
    }
}

async fn a_buffer(file: &mut File, buffer: &mut [u8]) {
    if let Ok(n) = file.read(buffer).map(|n| n + 1) {
        send(n).await;
    }
}

async fn collected(queue: &Mutex<Vec<u32>>) {
    let items: Vec<u32> = queue.lock().unwrap().drain(..).collect();
    for item in items {
        send(item).await;
    }
}

fn synchronous(queue: &Mutex<Vec<u32>>) {
    while let Some(item) = queue.lock().unwrap().pop() {
        println!("{item}");
    }
}

async fn send(_: u32) {}
fn total(_: std::sync::MutexGuard<'_, Vec<u32>>) -> u32 {
    0
}
enum State {
    Open,
    Closed,
}

async fn taken_by_the_method(queue: &Mutex<Vec<u32>>) {
    for item in queue.lock().map(|queue| queue.clone()).unwrap_or_default() {
        send(item).await;
    }
}
