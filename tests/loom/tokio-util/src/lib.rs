//! What the runtime uses of tokio-util, for the tasks that are loom's threads.
#![forbid(unsafe_code)]

pub use tokio_util_itself::sync;

/// Handles of tasks.
pub mod task {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use tokio::task::{JoinError, JoinHandle};

    pub use tokio_util_itself::task::{TaskTracker, task_tracker};

    /// Ends its task when it is dropped.
    #[derive(Debug)]
    pub struct AbortOnDropHandle<T>(JoinHandle<T>);

    impl<T> AbortOnDropHandle<T> {
        /// Of that task.
        #[must_use]
        pub const fn new(handle: JoinHandle<T>) -> Self {
            Self(handle)
        }
    }

    impl<T> Drop for AbortOnDropHandle<T> {
        fn drop(&mut self) {
            self.0.abort();
        }
    }

    impl<T> Future for AbortOnDropHandle<T> {
        type Output = Result<T, JoinError>;

        fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
            Pin::new(&mut self.0).poll(cx)
        }
    }
}
