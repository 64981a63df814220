//! The two handles of a scope as one.

use steadfast::scope::TrySpawnError;
use steadfast::{BoundedScope, Scope, TaskHandle};

use super::events::Event;
use super::ledger::{Fault, Site};

#[derive(Clone)]
pub(crate) enum Spawner {
    Free(Scope<Fault>),
    Limited(BoundedScope<Fault>),
}

pub(crate) type Handle = TaskHandle<Result<u64, Fault>>;

impl Spawner {
    pub(crate) async fn spawn(
        &self,
        child: impl Future<Output = Result<u64, Fault>> + Send + 'static,
    ) -> Handle {
        match self {
            Self::Free(scope) => scope.spawn(child),
            Self::Limited(scope) => scope.spawn_named("limited", child).await,
        }
    }

    pub(crate) async fn spawn_blocking(
        &self,
        work: impl FnOnce() -> Result<u64, Fault> + Send + 'static,
    ) -> Handle {
        match self {
            Self::Free(scope) => scope.spawn_blocking_named("blocking", work),
            Self::Limited(scope) => scope.spawn_blocking(work).await,
        }
    }

    /// As a child spawns a sibling: one that waited for its own place would wait for ever. Whether it was let in.
    pub(crate) fn try_spawn(
        &self,
        site: &Site,
        child: impl Future<Output = Result<u64, Fault>> + Send + 'static,
    ) -> bool {
        let refused = match self {
            Self::Free(scope) => scope.try_spawn(child).err().map(TrySpawnError::into_inner),
            Self::Limited(scope) => scope.try_spawn(child).err().map(TrySpawnError::into_inner),
        };
        if refused.is_some() {
            site.tree.count(Event::Refused);
        }
        refused.is_none()
    }

    pub(crate) fn scope(&self) -> &Scope<Fault> {
        match self {
            Self::Free(scope) => scope,
            Self::Limited(scope) => scope,
        }
    }
}
