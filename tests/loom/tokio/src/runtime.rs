//! The runtime that is always there.

use std::marker::PhantomData;
use std::sync::LazyLock;

pub use tokio_itself::runtime::{Builder, Id, Runtime, RuntimeFlavor, RuntimeMetrics, TryCurrentError};

use crate::task::{self, JoinHandle};

/// One of tokio's own, which runs nothing, for what a runtime says of itself.
static IDLE: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_current_thread().build().expect("a runtime without I/O needs nothing from the system")
});

/// A handle of it.
#[derive(Clone, Debug)]
pub struct Handle;

/// Nothing to enter: it is there.
#[derive(Debug)]
pub struct EnterGuard<'a>(PhantomData<&'a Handle>);

impl Handle {
    /// The one there is.
    ///
    /// # Errors
    /// Never.
    pub const fn try_current() -> Result<Self, TryCurrentError> {
        Ok(Self)
    }

    /// See [`task::spawn`].
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        task::spawn(future)
    }

    /// See [`task::spawn_blocking`].
    pub fn spawn_blocking<R, W>(&self, work: W) -> JoinHandle<R>
    where
        W: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        task::spawn_blocking(work)
    }

    /// Runs `future` on this thread.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        loom::future::block_on(future)
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> Id {
        IDLE.handle().id()
    }

    /// What it has done: nothing.
    #[must_use]
    pub fn metrics(&self) -> RuntimeMetrics {
        IDLE.metrics()
    }

    /// On how many threads it would run.
    #[must_use]
    pub const fn runtime_flavor(&self) -> RuntimeFlavor {
        RuntimeFlavor::CurrentThread
    }

    /// Does nothing.
    #[must_use]
    pub const fn enter(&self) -> EnterGuard<'_> {
        EnterGuard(PhantomData)
    }
}
