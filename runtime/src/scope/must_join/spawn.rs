//! Spawning into whatever scope the code runs in.

use std::future::{Future, pending};
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::yield_now;

use crate::scope::child::Whatever;
use crate::scope::core::Core;
use crate::scope::handle::TaskHandle;
use crate::scope::place::Refused;
use crate::scope::slab::Label;
use crate::scope::spawn::{Holding, Returned as GivenBack};
use crate::tracker::{Root, current};

/// `tokio::spawn`, into the call that the code runs in.
#[track_caller]
pub fn spawn<F>(future: F) -> TaskHandle<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let label = Label::here();
    admit(future, |core, future| match core.settings.limit.clone() {
        None => core.spawn::<F, Whatever>(label.clone(), future),
        Some(limit) => {
            let waiting = |future| async move { Waiting { limit, core: current::get() }.hold(future).await };
            spawn_waiting(core, &label, future, waiting)
        }
    })
}

fn spawn_waiting<F, W>(
    core: &Arc<Core>,
    label: &Label,
    future: F,
    waiting: impl FnOnce(F) -> W,
) -> Result<TaskHandle<F::Output>, GivenBack<F>>
where
    F: Future<Output: Send + 'static> + Send + 'static,
    W: Future<Output = F::Output> + Send + 'static,
{
    match core.refusal() {
        Some(refused) => Err((refused, future)),
        None => Ok(core
            .spawn::<W, Whatever>(label.clone(), waiting(future))
            .unwrap_or_else(|_| TaskHandle::cancelled())),
    }
}

/// `tokio::task::spawn_local`, likewise.
#[track_caller]
pub fn spawn_local<F>(future: F) -> TaskHandle<F::Output>
where
    F: Future<Output: 'static> + 'static,
{
    let label = Label::here();
    admit(future, |core, future| match core.settings.limit.clone() {
        None => core.spawn_local::<F, Whatever>(label.clone(), future),
        Some(limit) => match core.refusal() {
            Some(refused) => Err((refused, future)),
            None => {
                let waiting = async move { Waiting { limit, core: current::get() }.hold(future).await };
                let spawned = core.spawn_local::<_, Whatever>(label.clone(), waiting);
                Ok(spawned.unwrap_or_else(|_| TaskHandle::cancelled()))
            }
        },
    })
}

/// `tokio::task::spawn_blocking`, likewise. The limit does not count it: what waits for a place would hold a thread.
#[track_caller]
pub fn spawn_blocking<T, F>(work: F) -> TaskHandle<T>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let label = Label::here();
    admit(work, |core, work| core.spawn_blocking::<T, F, Whatever>(label.clone(), work))
}

/// Into the innermost scope that has not ended, at last the root tracker.
fn admit<W, T: 'static>(
    mut work: W,
    spawn: impl Fn(&Arc<Core>, W) -> Result<TaskHandle<T>, GivenBack<W>>,
) -> TaskHandle<T> {
    let mut core = current::get().unwrap_or_else(|| Root::of_process().core());
    loop {
        match spawn(&core, work) {
            Ok(handle) => return handle,
            Err((Refused::Aborting, _dropped)) => return TaskHandle::cancelled(),
            // A task that was taken out of its scope outlives it.
            Err((Refused::Finished, given_back)) => work = given_back,
        }
        core = core.parent.clone().unwrap_or_else(|| core.top());
    }
}

/// A task that waits for its turn.
struct Waiting {
    limit: Arc<Semaphore>,
    core: Option<Arc<Core>>,
}

impl Waiting {
    async fn hold<F: Future>(self, future: F) -> F::Output {
        if let Ok(permit) = self.limit.acquire_owned().await {
            return Holding::new(future, permit).await;
        }
        // The call is being cancelled, and what has not begun does not begin.
        drop(future);
        let (Some(core), Some(id)) = (self.core, tokio::task::try_id()) else { return pending().await };
        while !core.abort_task(id) {
            yield_now().await;
        }
        pending().await
    }
}
