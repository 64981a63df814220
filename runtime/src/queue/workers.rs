//! Workers over a queue.

use std::future::Future;
use std::panic::Location;
use std::sync::Arc;

use tokio::task::coop::cooperative;

use super::core::{Core, Until};
use super::item::{Item, Tray};
use super::wait::Get;
use crate::scope::{GroupError, Label, Scope};

/// Runs the workers in a scope of their own.
#[track_caller]
pub(super) fn run<T, P, F, W, E>(
    core: &Arc<Core<T, P>>,
    count: usize,
    work: F,
) -> impl Future<Output = Result<(), GroupError<E>>> + use<'_, T, P, F, W, E>
where
    T: Send + 'static,
    P: Ord + Send + 'static,
    F: FnOnce(Item<T, P>) -> W + Clone + Send + 'static,
    W: Future<Output = Result<(), E>> + Send + 'static,
    E: Send + 'static,
{
    assert!(count > 0, "no workers would never empty the queue: write at least 1");
    let location = Location::caller();
    let options = Scope::options().name("workers");
    async move {
        let _closing = CloseOnPanic(core);
        let spawn_all = async |scope: Scope<E>| {
            for nth in 1..=count {
                let label = Label { name: Some(format!("worker {nth}").into()), location };
                // One that is not let in is none: the scope was cancelled.
                let _ = scope.spawn_labelled(label, one(Arc::clone(core), work.clone()));
            }
            Ok(())
        };
        let outcome = options.run(spawn_all).await;
        if outcome.as_ref().is_err_and(|error| !error.is_cancelled()) {
            core.close();
        }
        outcome
    }
}

/// A worker's panic goes on from the scope.
struct CloseOnPanic<'a, T, P: Ord>(&'a Core<T, P>);

impl<T, P: Ord> Drop for CloseOnPanic<'_, T, P> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.close();
        }
    }
}

async fn one<T, P, F, W, E>(core: Arc<Core<T, P>>, work: F) -> Result<(), E>
where
    P: Ord,
    F: FnOnce(Item<T, P>) -> W + Clone,
    W: Future<Output = Result<(), E>>,
{
    let mut tray = Tray::new();
    while let Ok(item) = cooperative(Get::new(&core, Until::AllDone)).await {
        Tray::renew(&mut tray);
        let turn = Turn { core: &core, tray: &tray, succeeded: false };
        turn.run(item, work.clone()).await?;
    }
    Ok(())
}

/// One item and its work. How the work ended decides what becomes of the item.
struct Turn<'a, T, P: Ord> {
    core: &'a Core<T, P>,
    tray: &'a Arc<Tray<T, P>>,
    succeeded: bool,
}

impl<T, P: Ord> Turn<'_, T, P> {
    async fn run<F, W, E>(mut self, item: Item<T, P>, work: F) -> Result<(), E>
    where
        F: FnOnce(Item<T, P>) -> W,
        W: Future<Output = Result<(), E>>,
    {
        work(item.carried_on(self.tray)).await?;
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
