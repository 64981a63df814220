//! Workers over a queue.

use std::future::Future;
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::Arc;

use tokio::task::JoinSet;
use tokio::task::coop::cooperative;

use super::core::{Core, Until};
use super::item::{Item, Tray};
use super::wait::Get;

/// Runs the workers, and waits for all of them whatever happens.
pub(super) async fn run<T, P, F, W, E>(core: &Arc<Core<T, P>>, count: usize, work: F) -> Result<(), E>
where
    T: Send + 'static,
    P: Ord + Send + 'static,
    F: FnOnce(Item<T, P>) -> W + Clone + Send + 'static,
    W: Future<Output = Result<(), E>> + Send + 'static,
    E: Send + 'static,
{
    assert!(count > 0, "no workers would never empty the queue: write at least 1");
    let mut workers = JoinSet::new();
    for _ in 0..count {
        workers.spawn(one(Arc::clone(core), work.clone()));
    }
    let mut failure = None;
    while let Some(ended) = workers.join_next().await {
        let failed = match ended {
            Ok(Ok(())) => continue,
            Ok(Err(error)) => ControlFlow::Continue(error),
            Err(end) => match end.try_into_panic() {
                Ok(panic) => ControlFlow::Break(panic),
                // Only by us, or because the runtime goes away and this future with it.
                Err(_cancelled) => continue,
            },
        };
        if failure.is_none() {
            core.close();
            workers.abort_all();
        }
        // A panic is a bug, and may not hide behind an error that came first.
        match failure {
            Some(ControlFlow::Break(_)) => {}
            Some(ControlFlow::Continue(_)) if failed.is_continue() => {}
            _ => failure = Some(failed),
        }
    }
    match failure {
        None => Ok(()),
        Some(ControlFlow::Continue(error)) => Err(error),
        Some(ControlFlow::Break(panic)) => resume_unwind(panic),
    }
}

async fn one<T, P, F, W, E>(core: Arc<Core<T, P>>, work: F) -> Result<(), E>
where
    P: Ord,
    F: FnOnce(Item<T, P>) -> W + Clone,
    W: Future<Output = Result<(), E>>,
{
    while let Ok(item) = cooperative(Get::new(&core, Until::AllDone)).await {
        let turn = Turn { core: &core, tray: Tray::new(), succeeded: false };
        turn.run(item, work.clone()).await?;
    }
    Ok(())
}

/// One item and its work. How the work ended decides what becomes of the item.
struct Turn<'a, T, P: Ord> {
    core: &'a Core<T, P>,
    tray: Arc<Tray<T, P>>,
    succeeded: bool,
}

impl<T, P: Ord> Turn<'_, T, P> {
    async fn run<F, W, E>(mut self, item: Item<T, P>, work: F) -> Result<(), E>
    where
        F: FnOnce(Item<T, P>) -> W,
        W: Future<Output = Result<(), E>>,
    {
        work(item.carried_on(&self.tray)).await?;
        self.succeeded = true;
        Ok(())
    }
}

impl<T, P: Ord> Drop for Turn<'_, T, P> {
    /// The work's future is gone by now, and its item is in the tray unless it was settled or given away.
    fn drop(&mut self) {
        match self.tray.close() {
            Some(_done) if self.succeeded => self.core.finish_one(),
            Some(undone) => self.core.drop_undone(undone),
            None => {}
        }
    }
}
