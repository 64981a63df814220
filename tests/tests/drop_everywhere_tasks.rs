//! "Cancellation-safe at every await" for everything that has tasks: dropped wherever it waits, it leaves nothing behind
//! that nobody waits for.
//!
//! Each scenario is dropped at every await, once with a scope around it and once directly under a root tracker. When that
//! is ready, no runtime was shut down to make it so: every task has ended with what it held, what runs to its end has come
//! to it, and every permit is back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use steadfast::__private::Root;
use steadfast::{Bulkhead, GroupError, Scope, orphans, scope};
use steadfast_tests::{Alive, Guard, poll_at_most, secs};
use tokio::runtime::{Builder, Handle};
use tokio::task::yield_now;
use tokio::time::sleep;

#[path = "drop_everywhere_tasks/blocking.rs"]
mod blocking;
#[path = "drop_everywhere_tasks/calls.rs"]
mod calls;
#[path = "drop_everywhere_tasks/groups.rs"]
mod groups;
#[path = "drop_everywhere_tasks/queues.rs"]
mod queues;
#[path = "drop_everywhere_tasks/resources.rs"]
mod resources;
#[path = "drop_everywhere_tasks/several.rs"]
mod several;

/// More polls than any scenario takes.
const MOST_POLLS: usize = 1_000;

/// What one run holds, and has to give back.
#[derive(Clone)]
struct World {
    alive: Alive,
    limit: Arc<Bulkhead>,
    /// What nobody may interrupt and has begun, less what has come to its end.
    unbroken: Arc<AtomicUsize>,
}

impl World {
    fn new() -> Self {
        Self { alive: Alive::default(), limit: Arc::new(Bulkhead::new(1)), unbroken: Arc::default() }
    }

    /// A child that lives for so many seconds.
    fn child(&self, seconds: u64) -> impl Future<Output = Result<u64, &'static str>> + Send + use<> {
        let guard = self.alive.guard();
        async move {
            let _guard = guard;
            sleep(secs(seconds)).await;
            Ok(seconds)
        }
    }

    /// One that fails after so many seconds.
    fn failing(&self, seconds: u64) -> impl Future<Output = Result<u64, &'static str>> + Send + use<> {
        let child = self.child(seconds);
        async move {
            child.await?;
            Err("failed")
        }
    }

    /// One that takes the permit for so many seconds.
    fn limited(&self, seconds: u64) -> impl Future<Output = Result<u64, &'static str>> + Send + use<> {
        let (limit, child) = (Arc::clone(&self.limit), self.child(seconds));
        async move {
            let _permit = limit.acquire().await;
            child.await
        }
    }

    fn begin(&self) {
        self.unbroken.fetch_add(1, Ordering::SeqCst);
    }

    fn finish(&self) {
        self.unbroken.fetch_sub(1, Ordering::SeqCst);
    }

    fn assert_all_back(&self, polls: usize) {
        assert_eq!(self.alive.count(), 0, "children after {polls} polls");
        assert_eq!((self.limit.available(), self.limit.waiting()), (1, 0), "permits after {polls} polls");
        assert_eq!(self.unbroken.load(Ordering::SeqCst), 0, "broken off after {polls} polls");
    }
}

/// Who waits for what the scenario leaves.
#[derive(Clone, Copy, Debug)]
enum Around {
    Scope,
    Root,
}

/// Drops what `scenario` makes at every await, and says how many polls it needs.
fn everywhere<F: Future>(scenario: impl Fn(World) -> F) -> usize {
    let [kept, rooted] = [Around::Scope, Around::Root].map(|around| everywhere_in(around, &scenario));
    kept.min(rooted)
}

fn everywhere_in<F: Future>(around: Around, scenario: &impl Fn(World) -> F) -> usize {
    for polls in 0..MOST_POLLS {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().expect("no I/O");
        let orphans_before = orphans();
        let done = runtime.block_on(async {
            let (world, root) = (World::new(), Root::new());
            let dropped = async { poll_at_most(polls, scenario(world.clone())).await.is_some() };
            let done = match around {
                Around::Root => root.enter(dropped).await,
                Around::Scope => {
                    let kept: Result<bool, GroupError<()>> =
                        root.enter(scope(async |_: Scope<()>| Ok(dropped.await))).await;
                    world.assert_all_back(polls);
                    kept.expect("nothing of it is the scope's own")
                }
            };
            root.ended().await;
            world.assert_all_back(polls);
            assert_eq!(root.living().len(), 0, "after {polls} polls");
            // A task counts for tokio until its thread comes by once more. Here it gets no time, only turns.
            for _ in 0..4 {
                yield_now().await;
            }
            assert_eq!(Handle::current().metrics().num_alive_tasks(), 0, "tasks after {polls} polls");
            done
        });
        assert_eq!(orphans(), orphans_before, "after {polls} polls");
        if done {
            return polls;
        }
    }
    panic!("not ready after {MOST_POLLS} polls");
}

/// That the account finds a task that nobody waits for.
#[test]
#[should_panic(expected = "children after 1 polls")]
fn a_task_without_an_owner_is_found() {
    everywhere(|world| async move {
        let task = tokio::spawn(world.child(1));
        let _ = task.await;
    });
}
