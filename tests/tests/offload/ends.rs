//! How a call ends: panics, callers that go away, runtimes that go away.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use steadfast::offload;
use tokio::runtime::Builder;

use crate::{Gate, SECOND, block_on, gate};

#[offload]
fn panics() {
    panic!("at work");
}

#[offload(pool = "cpu")]
fn panics_on_cpu() {
    panic!("computing");
}

#[tokio::test]
async fn a_panic_goes_on_in_the_caller() {
    let panic = tokio::spawn(panics()).await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"at work"));
    let panic = tokio::spawn(panics_on_cpu()).await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"computing"));
}

#[offload(limit = 1)]
fn limited(gate: Gate) {
    gate.pass();
}

#[offload(pool = "cpu", limit = 1)]
fn limited_on_cpu(gate: Gate) {
    gate.pass();
}

#[tokio::test]
async fn the_permit_is_held_until_the_work_ends_and_not_only_its_caller() {
    for cpu in [false, true] {
        let call = |gate| if cpu { tokio::spawn(limited_on_cpu(gate)) } else { tokio::spawn(limited(gate)) };
        let (first, first_keeper) = gate();
        let (second, second_keeper) = gate();
        let caller = call(first);
        first_keeper.has_begun().await;
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());

        let mut waiting = call(second);
        let waited = tokio::time::timeout(SECOND / 20, &mut waiting).await;
        assert!(waited.is_err() && second_keeper.begun.try_recv().is_err(), "the thread is busy");
        first_keeper.let_through();
        second_keeper.has_begun().await;
        second_keeper.let_through();
        waiting.await.unwrap();
    }
}

#[offload]
fn holds(_guard: Arc<()>, _: Arc<()>, gate: Gate) {
    gate.pass();
}

#[tokio::test]
async fn arguments_stay_with_the_work_also_those_it_does_not_name() {
    let held = Arc::new(());
    let (gate, keeper) = gate();
    let caller = tokio::spawn(holds(Arc::clone(&held), Arc::clone(&held), gate));
    keeper.has_begun().await;
    caller.abort();
    let _ = caller.await;
    assert_eq!(Arc::strong_count(&held), 3);
    keeper.let_through();
    while Arc::strong_count(&held) > 1 {
        tokio::time::sleep(SECOND / 1_000).await;
    }
}

#[offload(pool = "cpu")]
fn holds_on_cpu(_guard: Arc<()>, gate: Gate) {
    gate.pass();
}

/// A child is not over while its thread works.
#[tokio::test]
async fn the_scope_around_waits_for_the_thread() {
    for cpu in [false, true] {
        let held = Arc::new(());
        let (gate, keeper) = gate();
        let argument = Arc::clone(&held);
        let mut ending = Box::pin(steadfast::scope(async |scope| {
            scope.spawn(async move {
                if cpu {
                    holds_on_cpu(argument, gate).await;
                } else {
                    holds(Arc::clone(&argument), argument, gate).await;
                }
                Ok(())
            });
            keeper.has_begun().await;
            Err::<(), _>("enough")
        }));
        let waited = tokio::time::timeout(SECOND / 20, ending.as_mut()).await;
        assert!(waited.is_err(), "the child was aborted, and its thread works");
        assert!(Arc::strong_count(&held) > 1);
        keeper.let_through();
        assert_eq!(ending.await.unwrap_err().first(), Some(&"enough"));
        assert_eq!(Arc::strong_count(&held), 1);
    }
}

static RUNS: AtomicUsize = AtomicUsize::new(0);

#[offload]
fn counts() {
    RUNS.fetch_add(1, Ordering::SeqCst);
}

#[offload]
fn keeps_busy(gate: Gate) {
    gate.pass();
}

/// With a single thread in the pool, the second call cannot have begun when its caller goes away.
#[test]
fn a_call_that_has_not_begun_is_taken_back() {
    let runtime = Builder::new_current_thread().enable_time().max_blocking_threads(1).build().unwrap();
    runtime.block_on(async {
        let (gate, keeper) = gate();
        let first = tokio::spawn(keeps_busy(gate));
        keeper.has_begun().await;
        let second = tokio::spawn(counts());
        tokio::task::yield_now().await;
        second.abort();
        assert!(second.await.unwrap_err().is_cancelled());
        keeper.let_through();
        first.await.unwrap();
        counts().await;
        assert_eq!(RUNS.load(Ordering::SeqCst), 1);
    });
}

#[offload]
fn on_tokio() {}

#[offload(pool = "cpu")]
fn on_cpu() -> u8 {
    7
}

#[test]
fn without_a_runtime_tokios_pool_is_missed_in_our_words_and_our_own_is_not() {
    let panic = std::panic::catch_unwind(|| block_on(on_tokio())).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert_eq!(
        message,
        "`offload::ends::on_tokio` is `#[offload]`, and was polled outside of a tokio runtime, where there is no blocking pool"
    );
    assert_eq!(block_on(on_cpu()), 7);
}

#[test]
fn a_runtime_that_is_gone_is_named() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let gone = runtime.handle().clone();
    drop(runtime);
    let _entered = gone.enter();
    let panic = std::panic::catch_unwind(|| block_on(on_tokio())).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(
        message.starts_with("the tokio runtime was shut down before `offload::ends::on_tokio` could begin")
    );
}
