//! Between synchronous and asynchronous code, both ways.

mod cpu;
mod from_sync;
mod marker;
mod offload;

pub use from_sync::from_sync;
pub use marker::Blocks;
pub use offload::{Offload, Pool, offload};
