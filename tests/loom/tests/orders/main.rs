//! Every order in which threads can come to the locks and atomics of scopes, queues, bulkheads and budgets.
//!
//! The runtime's own sources are compiled here with loom's locks under them, and with a tokio whose tasks are loom's
//! threads (see `tests/loom/tokio`). Each test runs its model once for every order, up to a number of switches that no
//! thread asked for; that two or three of those show nearly every mistake is what CHESS found (Musuvathi and Qadeer,
//! "Iterative Context Bounding for Systematic Testing of Multithreaded Programs", PLDI 2007). A waker that is not woken is
//! a deadlock, and a cycle that keeps a waker alive is a leak, both of which loom reports.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use loom::future::block_on;
use steadfast_loom::__private::Root;

mod limits;
mod one_task;
mod queues;
mod scopes;

/// Runs `work` in every order with so many switches that nobody asked for.
fn every_order(switches: usize, work: impl Fn() + Send + Sync + 'static) {
    let orders = Arc::new(AtomicUsize::new(0));
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(switches);
    let count = Arc::clone(&orders);
    model.check(move || {
        count.fetch_add(1, Ordering::Relaxed);
        work();
    });
    let orders = orders.load(Ordering::Relaxed);
    println!("{orders} orders with {switches} switches");
    assert!(orders > 10, "{orders} orders: the threads do not meet");
}

/// As [`every_order`], for a future under a root of its own, which has to have nothing left at the end.
fn every_order_of<F: Future<Output = ()>>(
    switches: usize,
    work: impl Fn(Count) -> F + Send + Sync + 'static,
) {
    every_order(switches, move || {
        let (root, alive) = (Root::new(), Count::default());
        block_on(root.enter(work(alive.clone())));
        block_on(root.ended());
        assert_eq!(alive.now(), 0, "a child has outlived its scope");
    });
}

/// Polls `future` once, and drops it if it is not ready.
fn poll_once<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// How many there are. Not of loom: it says nothing about orders.
#[derive(Clone, Debug, Default)]
struct Count(Arc<AtomicUsize>);

impl Count {
    fn guard(&self) -> Guard {
        self.add();
        Guard(self.clone())
    }

    fn add(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn now(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

#[derive(Debug)]
struct Guard(Count);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Waits for nothing that comes, and can be aborted.
async fn forever() {
    poll_fn(|_| Poll::<()>::Pending).await;
}
