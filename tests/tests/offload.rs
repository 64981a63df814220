//! `#[offload]`: a plain function, run on another thread and waited for.

use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

use steadfast::{PolicyError, PolicyErrorKind, deadline, offload, retry, timeout};

#[path = "offload/ends.rs"]
mod ends;
#[path = "offload/shapes.rs"]
mod shapes;

const SECOND: Duration = Duration::from_secs(1);

/// Work that says when it begins, and goes on when it is told to.
struct Gate {
    begun: Sender<()>,
    go_on: Receiver<()>,
}

/// The other side of a [`Gate`].
struct Keeper {
    begun: Receiver<()>,
    go_on: Sender<()>,
}

fn gate() -> (Gate, Keeper) {
    let ((begun, has_begun), (go_on, may_go_on)) = (channel(), channel());
    (Gate { begun, go_on: may_go_on }, Keeper { begun: has_begun, go_on })
}

impl Gate {
    fn pass(&self) {
        self.begun.send(()).expect("the keeper waits");
        self.go_on.recv().expect("the keeper lets it through");
    }
}

impl Keeper {
    /// Until the work runs.
    async fn has_begun(&self) {
        while self.begun.try_recv().is_err() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    fn let_through(&self) {
        self.go_on.send(()).expect("the work waits");
    }
}

/// Runs a future on a thread that has no runtime.
fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        thread::park();
    }
}

#[offload]
fn thread_of_blocking() -> (ThreadId, Option<String>) {
    (thread::current().id(), thread::current().name().map(str::to_owned))
}

#[offload(pool = "cpu")]
fn thread_of_cpu() -> (ThreadId, Option<String>) {
    (thread::current().id(), thread::current().name().map(str::to_owned))
}

#[tokio::test]
async fn it_runs_on_another_thread() {
    let here = thread::current().id();
    let (blocking, _) = thread_of_blocking().await;
    let (cpu, name) = thread_of_cpu().await;
    assert_ne!(blocking, here);
    assert_ne!(cpu, here);
    assert!(name.is_some_and(|name| name.starts_with("steadfast-cpu-")));
}

#[offload(pool = "cpu")]
fn busy(inside: Arc<(AtomicUsize, AtomicUsize)>) {
    let now = inside.0.fetch_add(1, Ordering::SeqCst) + 1;
    inside.1.fetch_max(now, Ordering::SeqCst);
    thread::sleep(Duration::from_millis(1));
    inside.0.fetch_sub(1, Ordering::SeqCst);
}

#[tokio::test]
async fn as_many_compute_as_there_are_cores() {
    let inside = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
    let calls: Vec<_> = (0..100).map(|_| tokio::spawn(busy(Arc::clone(&inside)))).collect();
    for call in calls {
        call.await.unwrap();
    }
    let cores = thread::available_parallelism().map_or(1, usize::from);
    assert!(inside.1.load(Ordering::SeqCst) <= cores);
}

const LIMIT: usize = 2;

#[offload(limit = LIMIT)]
fn limited(inside: Arc<(AtomicUsize, AtomicUsize)>) {
    let now = inside.0.fetch_add(1, Ordering::SeqCst) + 1;
    inside.1.fetch_max(now, Ordering::SeqCst);
    thread::sleep(Duration::from_millis(1));
    inside.0.fetch_sub(1, Ordering::SeqCst);
}

#[tokio::test]
async fn no_more_calls_run_than_the_limit_says() {
    let inside = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
    let calls: Vec<_> = (0..100).map(|_| tokio::spawn(limited(Arc::clone(&inside)))).collect();
    for call in calls {
        call.await.unwrap();
    }
    assert!(inside.1.load(Ordering::SeqCst) <= LIMIT);
}

#[offload]
fn ambient(seen: Arc<Mutex<Option<Duration>>>) -> tokio::runtime::Id {
    *seen.lock().unwrap() = deadline::remaining();
    tokio::runtime::Handle::current().id()
}

#[offload(pool = "cpu")]
fn ambient_cpu(seen: Arc<Mutex<Option<Duration>>>) -> tokio::runtime::Id {
    *seen.lock().unwrap() = deadline::remaining();
    tokio::runtime::Handle::current().id()
}

#[timeout(60s)]
async fn with_a_deadline(
    cpu: bool,
    seen: Arc<Mutex<Option<Duration>>>,
) -> Result<tokio::runtime::Id, PolicyError> {
    Ok(if cpu { ambient_cpu(seen).await } else { ambient(seen).await })
}

#[tokio::test]
async fn the_work_knows_runtime_and_deadline_of_its_caller() {
    for cpu in [false, true] {
        let seen = Arc::new(Mutex::new(None));
        let runtime = with_a_deadline(cpu, Arc::clone(&seen)).await.unwrap();
        assert_eq!(runtime, tokio::runtime::Handle::current().id());
        let left = seen.lock().unwrap().take().unwrap();
        assert!(left > Duration::ZERO && left <= 60 * SECOND);
        // And the thread forgets it.
        if cpu {
            ambient_cpu(Arc::clone(&seen)).await
        } else {
            ambient(Arc::clone(&seen)).await
        };
        assert_eq!(*seen.lock().unwrap(), None);
    }
}

static TRIES: AtomicUsize = AtomicUsize::new(0);

#[retry(on = any, attempts = 3, backoff = constant(1s), jitter = none)]
#[offload]
fn fails_twice(name: String) -> io::Result<String> {
    if TRIES.fetch_add(1, Ordering::SeqCst) < 2 {
        return Err(io::Error::other("again"));
    }
    Ok(name)
}

#[tokio::test(start_paused = true)]
async fn a_policy_above_sees_an_async_function() {
    assert_eq!(fails_twice("name".to_owned()).await.unwrap(), "name");
    assert_eq!(TRIES.load(Ordering::SeqCst), 3);
}

#[offload]
#[timeout(1s)]
fn too_slow(gate: Gate) -> Result<(), PolicyError> {
    gate.pass();
    Ok(())
}

#[tokio::test]
async fn a_policy_below_sees_an_async_function_too() {
    let (gate, keeper) = gate();
    let call = tokio::spawn(too_slow(gate));
    keeper.has_begun().await;
    let ended = call.await.unwrap().unwrap_err();
    assert_eq!(ended.kind(), PolicyErrorKind::TimedOut);
    keeper.let_through();
}

#[steadfast::timeout(total = 60s)]
#[steadfast::offload]
#[steadfast::bounded(1)]
fn between() -> Result<u8, PolicyError> {
    Ok(1)
}

#[tokio::test]
async fn it_may_stand_between_policies() {
    assert_eq!(between().await.unwrap(), 1);
}
