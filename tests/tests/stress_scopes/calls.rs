//! What is made of a scope: `gather`, `race`, `#[must_join]`.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use steadfast::{gather, gather_all, gather_bounded, must_join, race};
use steadfast_tests::{Random, poll_at_most};

use super::child::leaf;
use super::events::Event;
use super::judge;
use super::ledger::{Fault, Rules, Site, Watch, is_planned};
use super::run::yields;

/// One of them, which somebody may give up on.
pub(crate) async fn any(around: &Arc<Site>, mut random: Random) {
    let polls = if random.percent(20) { random.below(5) } else { 10_000 };
    let call = async {
        match random.below(8) {
            0 => all_or_none(around, random).await,
            1 => all_or_none_with_a_limit(around, random).await,
            2 => whatever_becomes_of_each(around, random).await,
            3 | 4 => first(around, random).await,
            _ => joined(around, random).await,
        }
    };
    let _ = poll_at_most(usize::try_from(polls).expect("few"), call).await;
}

fn leaves(
    site: &Arc<Site>,
    mut random: Random,
) -> Vec<impl Future<Output = Result<u64, Fault>> + Send + use<>> {
    (0..=random.below(3)).map(|_| leaf(site, random.fork())).collect()
}

async fn all_or_none(around: &Arc<Site>, random: Random) {
    let site = Site::plain(around, "gather");
    let _watch = Watch(Arc::clone(&site));
    let outcome = AssertUnwindSafe(gather(leaves(&site, random))).catch_unwind().await;
    judge::group(&site, outcome);
}

async fn all_or_none_with_a_limit(around: &Arc<Site>, random: Random) {
    let site = Site::plain(around, "gather_bounded");
    let _watch = Watch(Arc::clone(&site));
    let outcome = AssertUnwindSafe(gather_bounded(2, leaves(&site, random))).catch_unwind().await;
    if site.most() > 2 {
        site.complain(format_args!("{} of 2 inside", site.most()));
    }
    judge::group(&site, outcome);
}

async fn whatever_becomes_of_each(around: &Arc<Site>, random: Random) {
    let site = Site::new(&around.tree, Some(around), Rules::Outcomes, "gather_all".to_owned());
    let _watch = Watch(Arc::clone(&site));
    let leaves = leaves(&site, random);
    let expected = leaves.len();
    let outcome = AssertUnwindSafe(gather_all(leaves)).catch_unwind().await;
    judge::outcomes(&site, outcome, expected);
}

async fn first(around: &Arc<Site>, mut random: Random) {
    around.tree.count(Event::Raced);
    let site = Site::plain(around, "race");
    let _watch = Watch(Arc::clone(&site));
    let runners: Vec<_> = (0..=random.below(3))
        .map(|runner| {
            let (site, presence) = (Arc::clone(&site), site.presence());
            let (turns, falls) = (random.below(4), random.percent(4));
            async move {
                let _presence = presence;
                let _inside = site.enter();
                yields(turns).await;
                if falls { site.panic() } else { runner }
            }
        })
        .collect();
    let outcome = AssertUnwindSafe(race(runners)).catch_unwind().await;
    judge::value(&site, outcome);
}

async fn joined(around: &Arc<Site>, mut random: Random) {
    around.tree.count(Event::Call);
    let site = Site::new(&around.tree, Some(around), Rules::Call, "must_join".to_owned());
    let _watch = Watch(Arc::clone(&site));
    let outcome = match random.below(3) {
        0 => AssertUnwindSafe(spawns(&site, random)).catch_unwind().await,
        1 => AssertUnwindSafe(spawns_two_at_once(&site, random)).catch_unwind().await,
        _ => AssertUnwindSafe(spawns_with_grace(&site, random)).catch_unwind().await,
    };
    judge::call(&site, outcome);
}

#[must_join]
async fn spawns(site: &Arc<Site>, mut random: Random) -> Result<u64, Fault> {
    tokio::spawn(leaf(site, random.fork()));
    let bound = tokio::spawn(leaf(site, random.fork()));
    tokio::spawn(leaf(site, random.fork()));
    let own = Arc::clone(site);
    let presence = site.presence();
    let blocking = tokio::task::spawn_blocking(move || {
        drop(presence);
        own.living()
    });
    look(site, bound.await);
    yields(random.below(3)).await;
    blocking.await.expect("nobody aborts it but who stops the body too");
    Ok(0)
}

#[must_join(limit = 2)]
async fn spawns_two_at_once(site: &Arc<Site>, mut random: Random) -> Result<u64, Fault> {
    for _ in 0..4 {
        tokio::spawn(leaf(site, random.fork()));
    }
    let bound = tokio::spawn(leaf(site, random.fork()));
    look(site, bound.await);
    if site.most() > 2 {
        site.complain(format_args!("{} of 2 inside", site.most()));
    }
    Ok(0)
}

#[must_join(grace = 1ms)]
async fn spawns_with_grace(site: &Arc<Site>, mut random: Random) -> Result<u64, Fault> {
    tokio::spawn(leaf(site, random.fork()));
    let (own, presence, mut inner) = (Arc::clone(site), site.presence(), random.fork());
    let bound = tokio::spawn(async move {
        let _presence = presence;
        tokio::spawn(leaf(&own, inner.fork()));
        yields(inner.below(3)).await;
    });
    bound.abort();
    let _ = bound.await;
    Ok(0)
}

/// Whoever awaits a handle has seen how the task ended.
fn look(site: &Site, joined: Result<Result<u64, Fault>, tokio::task::JoinError>) {
    match joined {
        Ok(Ok(_)) => {}
        Ok(Err(fault)) => fault.see(site),
        Err(error) => {
            if let Ok(payload) = error.try_into_panic() {
                site.saw_panic();
                if !is_planned(&*payload) {
                    site.complain("a handle gave another panic than the task's");
                }
            }
        }
    }
}
