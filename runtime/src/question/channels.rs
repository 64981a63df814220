//! Ends of `tokio`'s channels.

use super::marker::{borrowed, family};

/// A `tokio::sync::broadcast::Receiver`.
pub trait BroadcastReceiver {}

/// A `tokio::sync::mpsc::Sender`.
pub trait MpscSender {}

/// A receiver of a `tokio::sync::mpsc` channel: closed and empty, it gives `None` at once.
pub trait MpscReceiver {}

/// A `tokio::sync::watch::Receiver`: closed, it gives `Err` at once.
pub trait WatchReceiver {}

/// What keeps those who wait in a queue: whoever stops waiting loses the place.
pub trait FairQueue {}

/// A `tokio::sync::Notify`.
pub trait Notify {}

borrowed!(BroadcastReceiver MpscSender MpscReceiver WatchReceiver FairQueue Notify);
family!(MpscReceiver: @[T] tokio::sync::mpsc::Receiver<T>, @[T] tokio::sync::mpsc::UnboundedReceiver<T>);
family!(FairQueue:
    @[T: ?Sized] tokio::sync::Mutex<T>,
    @[T: ?Sized] tokio::sync::RwLock<T>,
    tokio::sync::Semaphore,
    tokio::sync::Notify,
);
family!(Notify: tokio::sync::Notify);
family!(BroadcastReceiver: @[T] tokio::sync::broadcast::Receiver<T>);
family!(MpscSender: @[T] tokio::sync::mpsc::Sender<T>);
family!(WatchReceiver: @[T] tokio::sync::watch::Receiver<T>);
