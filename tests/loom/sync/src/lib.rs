//! Loom's locks and atomics with the signatures of the standard library's, as far as the runtime uses them.
//!
//! Loom's own cannot be made in a `const fn`, so here they are made when they are used first. For an atomic that has to be
//! before another thread can come to it: loom wants to see that it was made before.
#![forbid(unsafe_code)]

mod local;
mod once;

pub use local::Local;
pub use once::OnceLock;

use std::fmt;
use std::sync::{LockResult, OnceLock as Made, PoisonError};

pub use loom::sync::MutexGuard;
pub use loom::thread::yield_now;
#[doc(hidden)]
pub use loom::thread_local as loom_thread_local;

/// A value that is made when it is looked at first, from something that a `const fn` can have.
struct Lazy<I, V> {
    initial: std::sync::Mutex<Option<I>>,
    made: Made<V>,
}

impl<I, V> Lazy<I, V> {
    const fn new(initial: I) -> Self {
        Self { initial: std::sync::Mutex::new(Some(initial)), made: Made::new() }
    }

    fn get(&self, make: impl FnOnce(I) -> V) -> &V {
        self.made.get_or_init(|| {
            let initial = self.initial.lock().unwrap_or_else(PoisonError::into_inner).take();
            make(initial.expect("taken once"))
        })
    }
}

/// [`std::sync::Mutex`], of loom.
pub struct Mutex<T>(Lazy<T, loom::sync::Mutex<T>>);

impl<T> Mutex<T> {
    /// One that nobody has locked.
    pub const fn new(value: T) -> Self {
        Self(Lazy::new(value))
    }

    /// Waits for it.
    ///
    /// # Errors
    /// As the one of the standard library, if it is poisoned.
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        self.0.get(loom::sync::Mutex::new).lock()
    }

    /// What is in it, of whoever has it alone.
    ///
    /// # Errors
    /// As the one of the standard library, if it is poisoned.
    ///
    /// # Panics
    /// Never: it is made before it is looked into.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.0.get(loom::sync::Mutex::new);
        self.0.made.get_mut().expect("just made").get_mut()
    }

    /// Whether somebody has panicked with it.
    pub fn is_poisoned(&self) -> bool {
        self.lock().is_err()
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mutex")
    }
}

/// The atomics that the runtime uses.
pub mod atomic {
    use super::{Lazy, fmt};

    pub use std::sync::atomic::Ordering;

    macro_rules! atomic {
        ($Atomic:ident, $Value:ty) => {
            /// The one of the standard library, of loom.
            pub struct $Atomic(Lazy<$Value, loom::sync::atomic::$Atomic>);

            impl $Atomic {
                /// One with that value.
                pub const fn new(value: $Value) -> Self {
                    Self(Lazy::new(value))
                }

                fn get(&self) -> &loom::sync::atomic::$Atomic {
                    self.0.get(loom::sync::atomic::$Atomic::new)
                }

                /// What it is.
                pub fn load(&self, order: Ordering) -> $Value {
                    self.get().load(order)
                }

                /// Another value.
                pub fn store(&self, value: $Value, order: Ordering) {
                    self.get().store(value, order);
                }

                /// Another value, for the one that it was.
                pub fn swap(&self, value: $Value, order: Ordering) -> $Value {
                    self.get().swap(value, order)
                }

                /// Another value if it is `current`.
                ///
                /// # Errors
                /// What it is, if that is something else.
                pub fn compare_exchange_weak(
                    &self,
                    current: $Value,
                    new: $Value,
                    success: Ordering,
                    failure: Ordering,
                ) -> Result<$Value, $Value> {
                    self.get().compare_exchange_weak(current, new, success, failure)
                }
            }

            impl fmt::Debug for $Atomic {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(stringify!($Atomic))
                }
            }
        };
    }

    atomic!(AtomicBool, bool);
    atomic!(AtomicUsize, usize);

    impl AtomicUsize {
        /// Adds, and gives what it was.
        pub fn fetch_add(&self, value: usize, order: Ordering) -> usize {
            self.get().fetch_add(value, order)
        }

        /// Takes away, and gives what it was.
        pub fn fetch_sub(&self, value: usize, order: Ordering) -> usize {
            self.get().fetch_sub(value, order)
        }
    }
}
