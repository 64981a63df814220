//! Tasks that are threads of loom's.

mod error;
mod handle;
mod run;

pub use error::{Id, JoinError};
pub use handle::{AbortHandle, JoinHandle};
pub use run::{LocalSet, spawn, spawn_blocking, spawn_local, try_id, yield_now};
pub use tokio_itself::task::{JoinSet, LocalKey, coop};
