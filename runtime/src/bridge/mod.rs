//! Between synchronous and asynchronous code, both ways.

mod cpu;
mod from_sync;
mod offload;

pub use from_sync::from_sync;
pub use offload::{Offload, Pool, offload};
