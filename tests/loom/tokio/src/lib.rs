//! What the runtime uses of tokio, with tasks that are loom's threads, so that loom can try every order of their steps.
//!
//! Semaphores, tokens, channels and clocks are tokio's own: a call of theirs is one step here, since loom does not look
//! into it. Nothing that sleeps works.
#![forbid(unsafe_code)]

pub mod runtime;
pub mod task;

pub use task::spawn;
pub use tokio_itself::{io, sync, task_local, time};
