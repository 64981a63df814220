//! A scope with random options, and its body.

use std::future::pending;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;

use futures::FutureExt;
use steadfast::scope::{FailureKind, Handed, Options};
use steadfast::{GroupError, Scope};
use steadfast_tests::{Random, poll_at_most};
use tokio::task::yield_now;

use super::child::{blocking, child};
use super::events::Event;
use super::judge;
use super::ledger::{Fault, Site, Tree, Watch, is_planned};
use super::shape::{Finish, OnError, Shape, Wrap};
use super::spawner::{Handle, Spawner};

/// Boxed, since its children have scopes in them.
pub(crate) fn scope(
    tree: &Arc<Tree>,
    around: Option<&Arc<Site>>,
    mut random: Random,
    depth: u32,
) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    let shape = Shape::new(&mut random, tree.abandons);
    let site = Site::new(tree, around, shape.rules(), format!("{shape:?}"));
    Box::pin(async move {
        let wrap = shape.wrap;
        let run = Box::pin(async {
            let _watch = Watch(Arc::clone(&site));
            let outcome = AssertUnwindSafe(options(&site, shape, random, depth)).catch_unwind().await;
            judge::group(&site, outcome);
        });
        match wrap {
            Wrap::Nobody => run.await,
            Wrap::Timeout(after) => _ = tokio::time::timeout(after, run).await,
            Wrap::Polls(polls) => _ = poll_at_most(polls, run).await,
            Wrap::Select(turns) => tokio::select! {
                biased;
                () = yields(turns) => {}
                () = run => {}
            },
        }
    })
}

pub(crate) async fn yields(turns: u64) {
    for _ in 0..turns {
        yield_now().await;
    }
}

async fn options(
    site: &Arc<Site>,
    shape: Shape,
    random: Random,
    depth: u32,
) -> Result<u64, GroupError<Fault>> {
    let options = Scope::options().name("stressed");
    match shape.limit {
        None => {
            let body = |s| body(Spawner::Free(s), site, &shape, random, depth);
            configured(options, site, &shape).run(body).await
        }
        Some(limit) => {
            let body = |s| body(Spawner::Limited(s), site, &shape, random, depth);
            let outcome = configured(options.limit(limit), site, &shape).run(body).await;
            if site.most() > limit {
                site.complain(format_args!("{} children inside of {limit}", site.most()));
            }
            outcome
        }
    }
}

fn configured<H: Handed<Fault>>(
    mut options: Options<Fault, H>,
    site: &Arc<Site>,
    shape: &Shape,
) -> Options<Fault, H> {
    options = match shape.on_error {
        OnError::FailFast => options,
        OnError::Collect => options.collect(),
        OnError::Supervise => {
            let site = Arc::clone(site);
            options.supervise(move |failure| {
                site.tree.count(Event::Supervised);
                let index = failure.index().unwrap_or(0);
                let was_panic = matches!(failure.kind(), FailureKind::Panic(_));
                judge::see(&site, failure);
                if was_panic && index % 8 == 3 {
                    site.panic();
                }
            })
        }
    };
    options = options.panics(shape.panics);
    if let Some(grace) = shape.grace {
        options = options.grace(grace);
    }
    if let Some(deadline) = shape.deadline {
        options = options.deadline(deadline);
    }
    if let Some(patience) = shape.abandon_after {
        options = options.abandon_blocking_after(patience);
    }
    options
}

async fn body(
    s: Spawner,
    site: &Arc<Site>,
    shape: &Shape,
    mut random: Random,
    depth: u32,
) -> Result<u64, Fault> {
    let mut handles = Vec::new();
    for _ in 0..shape.children {
        let forever = shape.ends_its_children() && random.percent(10);
        let handle = if random.percent(6) {
            s.spawn_blocking(blocking(site, s.scope(), random.fork())).await
        } else {
            s.spawn(child(site, &s, random.fork(), depth, forever)).await
        };
        match random.below(10) {
            0 => handle.abort(),
            1 => yield_now().await,
            _ => {}
        }
        // Nobody waits for one that does not end by itself.
        if !forever {
            handles.push(handle);
        }
    }
    for handle in handles {
        match random.below(10) {
            0..4 => drop(handle),
            4 => {
                handle.abort();
                look(site, shape, handle).await;
            }
            5 => _ = poll_at_most(1, look(site, shape, handle)).await,
            _ => look(site, shape, handle).await,
        }
    }
    match shape.finish {
        Finish::Value => Ok(0),
        Finish::Fault => Err(Fault::new(site)),
        Finish::Panic => site.panic(),
        Finish::Cancel => {
            s.scope().cancel("enough");
            Ok(0)
        }
        Finish::CancelAndWait => {
            s.scope().cancel("enough");
            pending().await
        }
        Finish::Wait => pending().await,
    }
}

/// Awaits a handle, which gives an error only where errors are collected.
async fn look(site: &Site, shape: &Shape, handle: Handle) {
    match handle.await {
        Ok(Ok(_)) => {}
        Ok(Err(fault)) => {
            site.tree.count(Event::Observed);
            fault.see(site);
            if shape.on_error != OnError::Collect {
                site.complain("a handle gave an error that is the scope's");
            }
        }
        // The panic is the scope's all the same.
        Err(error) => {
            if error.try_into_panic().is_ok_and(|payload| !is_planned(&*payload)) {
                site.complain("a handle gave another panic than the child's");
            }
        }
    }
}
