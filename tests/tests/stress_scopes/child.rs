//! What children do.

use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use steadfast::Scope;
use steadfast_tests::Random;
use tokio::time::sleep;

use super::ledger::{Fault, Presence, Site};
use super::run::{scope, yields};
use super::shape::micros;
use super::spawner::Spawner;
use super::{calls, resources};

/// A child with a few steps, then a value, an error, or a panic.
pub(crate) fn child(
    site: &Arc<Site>,
    s: &Spawner,
    mut random: Random,
    depth: u32,
    forever: bool,
) -> impl Future<Output = Result<u64, Fault>> + Send + use<> {
    let (site, s, presence) = (Arc::clone(site), s.clone(), site.presence());
    let future = async move {
        let _inside = site.enter();
        for _ in 0..random.below(3) {
            step(&site, &s, &mut random, depth).await;
        }
        if forever {
            pending::<()>().await;
        }
        end(&site, &mut random)
    };
    Keeping { future: Box::pin(future), _presence: presence }
}

/// A future that has things to drop after its end, which an `async` block has not.
struct Keeping<F> {
    future: Pin<Box<F>>,
    _presence: Presence,
}

impl<F: Future> Future for Keeping<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.future.as_mut().poll(cx)
    }
}

/// One without scopes in it.
pub(crate) fn leaf(
    site: &Arc<Site>,
    mut random: Random,
) -> impl Future<Output = Result<u64, Fault>> + Send + use<> {
    let (site, presence) = (Arc::clone(site), site.presence());
    async move {
        let _presence = presence;
        let _inside = site.enter();
        pause(&site, &mut random).await;
        end(&site, &mut random)
    }
}

/// One on the blocking pool.
pub(crate) fn blocking(
    site: &Arc<Site>,
    s: &Scope<Fault>,
    mut random: Random,
) -> impl FnOnce() -> Result<u64, Fault> + Send + use<> {
    let (site, s, presence) = (Arc::clone(site), s.clone(), site.presence());
    move || {
        let _presence = presence;
        let _inside = site.enter();
        if random.percent(30) && !s.is_cancelled() {
            std::thread::sleep(micros(&mut random, 800));
        }
        end(&site, &mut random)
    }
}

fn end(site: &Arc<Site>, random: &mut Random) -> Result<u64, Fault> {
    match random.below(100) {
        0..6 => Err(Fault::new(site)),
        6..9 => site.panic(),
        value => Ok(value),
    }
}

async fn pause(site: &Site, random: &mut Random) {
    let world = &site.tree.world;
    match random.below(10) {
        0..5 => yields(random.below(4)).await,
        5 | 6 => sleep(micros(random, 1_500)).await,
        7 | 8 => {
            let _permit = world.permits.acquire().await.expect("never closed");
            yields(random.below(3)).await;
        }
        _ => {
            let _permit = world.bulkhead.acquire().await;
            yields(random.below(3)).await;
        }
    }
}

async fn step(site: &Arc<Site>, s: &Spawner, random: &mut Random, depth: u32) {
    match random.below(100) {
        0..40 => pause(site, random).await,
        40..70 if depth > 0 => scope(&site.tree, Some(site), random.fork(), depth - 1).await,
        70..74 => _ = s.try_spawn(site, leaf(site, random.fork())),
        74 => {
            s.scope().cancel("a child says so");
            if s.try_spawn(site, leaf(site, random.fork())) {
                site.complain("a child was let in after the cancel");
            }
        }
        75 => cancelled_or(s, micros(random, 500)).await,
        76..80 => resources::managed(site, random.fork()).await,
        80..84 => resources::shielded(site, random).await,
        84..87 => resources::queue(site, random).await,
        87..94 => calls::any(site, random.fork()).await,
        _ => {}
    }
}

/// As a child reacts to a cancel within its grace.
async fn cancelled_or(s: &Spawner, after: Duration) {
    tokio::select! {
        () = s.scope().cancelled() => {}
        () = sleep(after) => {}
    }
}
