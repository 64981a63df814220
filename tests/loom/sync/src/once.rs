//! A cell that is written once.

use std::fmt;

use loom::sync::atomic::{AtomicBool, Ordering};

use super::Mutex;

/// [`std::sync::OnceLock`], of loom: who comes while another one makes the value waits for loom's lock, and not for the
/// thread that all of loom's run on.
pub struct OnceLock<T> {
    value: std::sync::OnceLock<T>,
    /// Where loom sees that the value is there.
    there: AtomicBool,
    making: Mutex<()>,
}

impl<T> OnceLock<T> {
    /// Empty.
    #[must_use]
    pub fn new() -> Self {
        Self { value: std::sync::OnceLock::new(), there: AtomicBool::new(false), making: Mutex::new(()) }
    }

    /// The value, if it is there.
    pub fn get(&self) -> Option<&T> {
        let there = self.there.load(Ordering::Acquire);
        self.value.get().filter(|_| there)
    }

    /// The value, which is made if it is not there.
    ///
    /// # Panics
    /// With what `make` panics.
    pub fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        if let Some(value) = self.get() {
            return value;
        }
        let _making = self.making.lock();
        if self.value.get().is_none() {
            let _ = self.value.set(make());
            self.there.store(true, Ordering::Release);
        }
        self.value.get().expect("just made")
    }

    /// Puts the value there.
    ///
    /// # Errors
    /// `value`, if there is one.
    pub fn set(&self, value: T) -> Result<(), T> {
        let _making = self.making.lock();
        self.value.set(value)?;
        self.there.store(true, Ordering::Release);
        Ok(())
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnceLock")
    }
}
