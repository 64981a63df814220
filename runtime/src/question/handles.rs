//! Tasks, threads and what holds them.

use core::future::Future;

use super::marker::{borrowed, family};

/// A handle of something that runs whether it is awaited or not, although it is a future.
pub trait TaskHandle {}

/// A handle of a running task that goes on when the handle is dropped.
pub trait JoinHandle {}

/// A handle of a running task whose output is a `Result`.
pub trait FallibleJoinHandle {}

/// What awaiting a `JoinHandle` gives.
pub trait JoinResult {}

/// A future whose output is a `Result`.
pub trait FallibleFuture {}

impl<F: Future<Output = Result<T, E>>, T, E> FallibleFuture for F {}

/// The handle of a thread.
pub trait ThreadHandle {}

/// A `tokio` runtime or a handle of one.
pub trait Runtime {}

/// A `tokio::task::JoinSet`.
pub trait JoinSet {}

/// A `tokio_util::task::TaskTracker`.
pub trait TaskTracker {}

/// A stream that runs futures side by side: `Buffered`, `BufferUnordered`, `FuturesUnordered`, `FuturesOrdered`.
pub trait BufferedStream {}

family!(TaskHandle:
    @[T] tokio::task::JoinHandle<T>,
    @[T] tokio_util::task::AbortOnDropHandle<T>,
    @[T: TaskHandle] &mut T,
    @[T: TaskHandle + ?Sized] core::pin::Pin<Box<T>>,
);
family!(JoinHandle: @[T] tokio::task::JoinHandle<T>);
family!(FallibleJoinHandle: @[T, E] tokio::task::JoinHandle<Result<T, E>>);
family!(JoinResult: @[T] Result<T, tokio::task::JoinError>);

borrowed!(Runtime JoinSet TaskTracker);
family!(Runtime: tokio::runtime::Runtime, tokio::runtime::Handle, tokio::task::LocalSet);
family!(JoinSet: @[T] tokio::task::JoinSet<T>);
family!(TaskTracker: tokio_util::task::TaskTracker);
family!(ThreadHandle: @[T] std::thread::JoinHandle<T>, @[T] std::thread::ScopedJoinHandle<'_, T>);

impl<T: ThreadHandle> ThreadHandle for std::io::Result<T> {}
impl<T: ThreadHandle> ThreadHandle for Option<T> {}
impl<T: Runtime> Runtime for std::io::Result<T> {}

#[cfg(feature = "futures")]
family!(BufferedStream:
    @[S: futures_util::Stream<Item: Future>] futures_util::stream::Buffered<S>,
    @[S: futures_util::Stream<Item: Future>] futures_util::stream::BufferUnordered<S>,
    @[T] futures_util::stream::FuturesUnordered<T>,
    @[T: Future] futures_util::stream::FuturesOrdered<T>,
    @[T: BufferedStream] &mut T,
    @[T: BufferedStream] core::pin::Pin<T>,
    @[T: BufferedStream] Box<T>,
);
