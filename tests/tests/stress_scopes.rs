//! A hundred thousand scopes on many threads, whose children fail, panic, are cancelled, run out of time and are dropped at
//! random. An account is kept beside the runtime: nothing lives on, no failure gets lost, and every permit comes back.
//!
//! A run is made from a seed, `STEADFAST_STRESS_SEED`, and goes on until there were `STEADFAST_STRESS_SCOPES` scopes. What
//! the threads make of it is up to them, so a seed that has failed may have to be tried more than once.

use std::env;
use std::sync::Arc;
use std::time::Duration;

use steadfast::{orphans, scope, shutdown, tasks, track_tasks};
use steadfast_tests::Random;
use tokio::runtime::{Builder, Handle};
use tokio::task::{JoinSet, yield_now};
use tokio::time::{Instant, sleep, timeout};

#[path = "stress_scopes/calls.rs"]
mod calls;
#[path = "stress_scopes/child.rs"]
mod child;
#[path = "stress_scopes/events.rs"]
mod events;
#[path = "stress_scopes/judge.rs"]
mod judge;
#[path = "stress_scopes/ledger.rs"]
mod ledger;
#[path = "stress_scopes/resources.rs"]
mod resources;
#[path = "stress_scopes/run.rs"]
mod run;
#[path = "stress_scopes/shape.rs"]
mod shape;
#[path = "stress_scopes/spawner.rs"]
mod spawner;

use events::Event;
use ledger::{Fault, PERMITS, Tree, World};

const SEED: u64 = 0x5EED;
const SCOPES: u64 = 100_000;
/// Trees that run at once.
const BATCH: usize = 250;
/// How deep scopes are nested under the first.
const DEPTH: u32 = 2;
/// Nothing here takes a second. It stands for "never", on a machine that is busy with other things.
const NEVER: Duration = Duration::from_secs(60);

/// How the trees of a batch differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A scope around each of them waits for what is left of those that are dropped in it.
    Kept,
    /// The same, and scopes leave blocking children behind.
    Abandoning,
    /// Nothing is around them.
    Alone,
}

fn number(variable: &str, default: u64) -> u64 {
    env::var(variable).map_or(default, |text| text.parse().expect("a number"))
}

#[test]
fn of_a_hundred_thousand_scopes_nothing_is_left_and_nothing_is_lost() {
    let (seed, scopes) = (number("STEADFAST_STRESS_SEED", SEED), number("STEADFAST_STRESS_SCOPES", SCOPES));
    let runtime = Builder::new_multi_thread()
        .worker_threads(4)
        .max_blocking_threads(8)
        .enable_time()
        .build()
        .expect("a runtime without I/O needs nothing from the system");
    runtime.block_on(async {
        // Makes the root tracker, which is there for good, before anything is listed.
        let _ = shutdown();
        let (mut random, world) = (Random::new(seed), World::new());
        let mut batch = 0;
        while world.events.of(Event::Scope) < usize::try_from(scopes).expect("fits") {
            let kind = match batch % 10 {
                3 => Kind::Abandoning,
                7 => Kind::Alone,
                _ => Kind::Kept,
            };
            track_tasks(batch % 2 == 1);
            run_batch(&world, &mut random, batch, kind).await;
            let complaints = world.complaints();
            assert!(
                complaints.is_empty(),
                "seed {seed}, batch {batch} ({kind:?}), {} complaints:\n{}",
                complaints.len(),
                complaints.iter().take(20).cloned().collect::<Vec<_>>().join("\n")
            );
            batch += 1;
        }
        println!("seed {seed}, {batch} batches: {}", world.events);
        if scopes >= SCOPES {
            assert_eq!(world.events.too_rare(), [], "seed {seed}: too quiet to say anything");
        }
    });
}

async fn run_batch(world: &Arc<World>, random: &mut Random, batch: usize, kind: Kind) {
    let orphans_before = orphans();
    let mut trees = JoinSet::new();
    let mut all = Vec::new();
    for nth in 0..BATCH {
        let tree = Tree::new(world, batch * BATCH + nth, kind == Kind::Abandoning);
        all.push(Arc::clone(&tree));
        trees.spawn(grow(tree, random.fork(), kind));
    }
    let joined = async {
        while let Some(joined) = trees.join_next().await {
            joined.expect("failures are told as complaints");
        }
    };
    assert!(timeout(NEVER, joined).await.is_ok(), "batch {batch} does not end; {:#?}", tasks());

    let nothing_lives = || {
        all.iter().all(|tree| tree.living() == 0)
            && tasks().is_empty()
            && Handle::current().metrics().num_alive_tasks() == 0
    };
    let since = Instant::now();
    while !nothing_lives() && since.elapsed() < NEVER {
        // A task counts for tokio a moment longer than for us.
        yield_now().await;
        sleep(Duration::from_micros(100)).await;
    }
    let alive = Handle::current().metrics().num_alive_tasks();
    assert_eq!((alive, tasks().len()), (0, 0), "batch {batch}: living tasks; {:#?}", tasks());
    for tree in &all {
        tree.close();
    }

    assert_eq!(world.permits.available_permits(), PERMITS, "batch {batch}");
    assert_eq!((world.bulkhead.available(), world.bulkhead.waiting()), (PERMITS, 0), "batch {batch}");
    // What was left behind may have scopes in it, and outlive whoever would have waited for those.
    if kind == Kind::Kept {
        assert_eq!(orphans(), orphans_before, "batch {batch}: somebody waits for each of them");
    }
}

/// One tree, and what has to be true when it is over.
async fn grow(tree: Arc<Tree>, random: Random, kind: Kind) {
    let root = run::scope(&tree, None, random, DEPTH);
    if kind == Kind::Alone {
        root.await;
        return;
    }
    let kept = scope(async |_: steadfast::Scope<Fault>| {
        root.await;
        Ok(())
    });
    if let Err(error) = kept.await {
        tree.complain(format_args!("the scope around it has failed: {error:?}"));
    }
    if kind == Kind::Kept {
        tree.close();
    }
}
