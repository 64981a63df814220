//! What has to be given back, or must not be interrupted.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures::FutureExt;
use steadfast::managed::{ManagedError, ReleaseError};
use steadfast::{Managed, Queue, shield};
use steadfast_tests::{Random, poll_at_most};

use super::child::leaf;
use super::events::Event;
use super::judge;
use super::ledger::{Presence, Site, Tree, Watch};
use super::run::yields;

/// Counts as unbroken from its acquisition until its release has come to its end.
struct Resource(Arc<Tree>);

impl Resource {
    fn new(tree: &Arc<Tree>) -> Self {
        tree.count(Event::Resource);
        tree.unbroken.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(tree))
    }

    async fn release(self, turns: u64, fails: bool) -> Result<(), Untold> {
        yields(turns).await;
        self.0.unbroken.fetch_sub(1, Ordering::SeqCst);
        if fails {
            self.0.untold.fetch_add(1, Ordering::SeqCst);
            return Err(Untold(Arc::clone(&self.0)));
        }
        Ok(())
    }
}

/// The error of a release.
struct Untold(Arc<Tree>);

impl std::fmt::Debug for Untold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Untold")
    }
}

fn tell(tree: &Tree, error: ReleaseError<Untold>) {
    match error {
        ReleaseError::Failed(Untold(tree)) => _ = tree.untold.fetch_sub(1, Ordering::SeqCst),
        other => tree.complain(format_args!("a release ended with {other:?}")),
    }
}

fn resource(site: &Arc<Site>, random: &mut Random) -> Managed<Resource, Untold> {
    let (turns, fails) = (random.below(4), random.percent(30));
    let tree = Arc::clone(&site.tree);
    Managed::new(Resource::new(&site.tree), move |resource: Resource| resource.release(turns, fails))
        .on_failure(move |error| tell(&tree, error))
}

/// Used, released, dropped, or given up in the middle of it.
pub(crate) async fn managed(site: &Arc<Site>, mut random: Random) {
    let resource = resource(site, &mut random);
    let polls = usize::try_from(random.below(8)).expect("few");
    match random.below(4) {
        0 => drop(resource),
        1 => {
            if let Err(error) = resource.release().await {
                tell(&site.tree, error);
            }
        }
        // Who gives up hears of no error, so the hook does.
        2 => {
            if let Some(Err(error)) = poll_at_most(polls, resource.release()).await {
                tell(&site.tree, error);
            }
        }
        _ => {
            let (turns, end) = (random.below(4), random.below(3));
            let used = resource.with(async |_| {
                yields(turns).await;
                match end {
                    0 => Ok(0),
                    1 => Err("body"),
                    _ => std::panic::resume_unwind(Box::new("with")),
                }
            });
            let used = AssertUnwindSafe(used).catch_unwind();
            if let Some(Ok(Err(ManagedError::Both { release, .. } | ManagedError::Release(release)))) =
                poll_at_most(polls, used).await
            {
                tell(&site.tree, release);
            }
        }
    }
}

/// A call that has begun comes to its end.
pub(crate) async fn shielded(site: &Arc<Site>, random: &mut Random) {
    let polls = usize::try_from(random.below(4)).expect("few");
    let _ = poll_at_most(polls, to_the_end(Arc::clone(&site.tree), random.below(5))).await;
}

#[shield]
async fn to_the_end(tree: Arc<Tree>, turns: u64) {
    tree.count(Event::Shielded);
    tree.unbroken.fetch_add(1, Ordering::SeqCst);
    yields(turns).await;
    tree.unbroken.fetch_sub(1, Ordering::SeqCst);
}

/// Workers over a queue that somebody fills at the same time.
pub(crate) async fn queue(around: &Arc<Site>, random: &mut Random) {
    let site = Site::plain(around, "workers");
    let _watch = Watch(Arc::clone(&site));
    let queue = Queue::<(Presence, Random)>::new(2);
    let fill = async {
        for _ in 0..random.below(8) {
            around.tree.count(Event::Item);
            // Closed, when a worker has failed.
            if queue.put((around.presence(), random.fork())).await.is_err() {
                break;
            }
        }
        queue.close();
    };
    let at_work = Arc::clone(&site);
    let work = queue.workers(2, async move |item: steadfast::Item<(Presence, Random)>| {
        leaf(&at_work, item.1.clone()).await.map(drop)
    });
    let ((), outcome) = futures::join!(fill, AssertUnwindSafe(work).catch_unwind());
    let all_done = matches!(outcome, Ok(Ok(())));
    judge::group(&site, outcome);
    let (left, unfinished) = (queue.len(), queue.unfinished());
    if left != unfinished || (all_done && left != 0) {
        site.complain(format_args!("{left} items are left of {unfinished}"));
    }
    drop(queue.shutdown());
    if queue.unfinished() != 0 || queue.join().now_or_never().is_none() {
        site.complain("nobody has the items, and the queue waits for them");
    }
}
