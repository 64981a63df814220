//! What each of loom's threads has for itself, though all of them run on one thread.

use std::cell::Cell;

use loom::thread::LocalKey;

/// A [`std::thread::LocalKey`] of a cell, as `thread_local!` makes it.
pub struct Local<T: 'static>(pub &'static LocalKey<T>);

impl<T: 'static> Local<Cell<T>> {
    /// Another value, for the one that it was.
    pub fn replace(&'static self, value: T) -> T {
        self.0.with(|cell| cell.replace(value))
    }

    /// Another value.
    pub fn set(&'static self, value: T) {
        self.0.with(|cell| cell.set(value));
    }

    /// What it is.
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.0.with(Cell::get)
    }
}

/// [`std::thread_local!`], of loom.
#[macro_export]
macro_rules! thread_local {
    ($($(#[$attribute:meta])* static $NAME:ident: $T:ty = const { $initial:expr };)+) => {
        $($(#[$attribute])* static $NAME: $crate::Local<$T> = {
            $crate::loom_thread_local! { static LOCAL: $T = $initial; }
            $crate::Local(&LOCAL)
        };)+
    };
}
