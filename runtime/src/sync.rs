//! The locks and atomics that tasks meet at, in one place: the tests with loom put loom's here, which try every order in
//! which threads can come to them.

#[cfg(not(steadfast_loom))]
pub(crate) use std::sync::{Mutex, MutexGuard, OnceLock, atomic};
#[cfg(not(steadfast_loom))]
pub(crate) use std::{thread::yield_now, thread_local};

#[cfg(steadfast_loom)]
pub(crate) use loom_sync::{Mutex, MutexGuard, OnceLock, atomic, thread_local, yield_now};
