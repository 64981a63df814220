use std::sync::Mutex;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tracing::{Span, info_span};

async fn permit(limit: &Semaphore) {
    let _ = limit.acquire().await.unwrap(); //~ let_underscore_guard
    work().await;
}

async fn permit_result(limit: &Semaphore) {
    _ = limit.acquire().await; //~ let_underscore_guard
    work().await;
}

async fn tried(limit: &Semaphore) {
    let _ = limit.try_acquire(); //~ let_underscore_guard
}

async fn lock(m: &Mutex<()>) {
    let _ = m.lock().unwrap(); //~ let_underscore_guard
}

async fn tokio_lock(m: &tokio::sync::Mutex<()>) {
    let _ = m.lock().await; //~ let_underscore_guard
}

async fn cancel(token: CancellationToken) {
    let _ = token.drop_guard(); //~ let_underscore_guard
    work().await;
}

async fn span(span: Span) {
    let _ = span.enter(); //~ let_underscore_guard
    let _ = info_span!("load").entered(); //~ let_underscore_guard
}

async fn unknown(limits: Limits) {
    let _ = limits.http.acquire_owned().await?; //? let_underscore_guard
    let _ = limits.permit().await; //? let_underscore_guard
}

async fn unknown_guard() {
    let _ = abort_guard(); //? let_underscore_guard future_not_awaited
}

async fn behind_it_something_is_done(limit: &Semaphore, done: &mut bool) -> Option<u8> {
    let _ = limit.acquire().await; //~ let_underscore_guard
    *done = true;
    None
}

/// Somebody adds a permit when it is time.
async fn waits_for_a_signal(stopped: &Semaphore) -> Option<u8> {
    let _ = stopped.acquire().await;
    None
}

async fn waits_and_says_so(stopped: &Semaphore) -> Result<(), Closed> {
    _ = stopped.acquire().await?;
    return Ok(());
}

async fn waits_at_the_end(stopped: &Semaphore) {
    let _ = stopped.acquire_many(2).await.unwrap();
}

async fn named(limit: &Semaphore) {
    let _permit = limit.acquire().await;
    work().await;
}

async fn meant(limit: &Semaphore) {
    drop(limit.acquire().await);
    work().await;
}

async fn typed(m: &Mutex<()>) {
    let _: Result<_, _> = m.lock();
}

async fn place(permit: Permit) {
    let _ = permit;
    work().await;
}

async fn result(tx: tokio::sync::oneshot::Sender<u32>) {
    let _ = tx.send(1);
}

async fn value(m: &Mutex<Vec<u32>>) {
    let _ = m.lock().unwrap().pop();
}

async fn awaited_twice(m: &tokio::sync::Mutex<u32>) {
    let _ = m.lock().await.checked_add(1);
}

async fn written(out: &mut String) {
    let _ = write!(out, "a");
}

async fn with_a_buffer(file: &mut File, buffer: &mut [u8]) {
    let _ = file.write_all(buffer).await;
}

async fn used(m: &Mutex<Vec<u32>>) {
    let guard = m.lock().unwrap();
    let _ = guard.len();
}

async fn without_let(m: &Mutex<u32>) {
    _ = m.lock(); //~ let_underscore_guard
}

async fn value_without_let(m: &Mutex<Vec<u32>>) {
    _ = m.lock().unwrap().pop();
}

async fn work() {}
