//! The answers. Each question has a method of its own, and each possible answer is a trait that has it.
//!
//! The compiler takes the first trait that applies, counted from the one with the most references: expansions call the
//! method on as many of them.

// Every family is asked about here.
#![allow(clippy::wildcard_imports)]

use core::future::Future;
use core::ops::Deref;

use super::*;

/// One answer, for all types `T` that are `$bound`.
macro_rules! answer {
    (Yes, $method:ident, $level:ident, [$($reference:tt)*], [$($bound:tt)*]) => {
        pub trait $level {
            type Answer;
            fn $method(&self) -> Self::Answer;
        }

        impl<T: $($bound)*> $level for $($reference)* Question<T> {
            type Answer = Yes<T>;

            #[inline]
            fn $method(&self) -> Yes<T> {
                Yes::HERE
            }
        }
    };
    (No, $method:ident, $level:ident, [$($reference:tt)*], [$($bound:tt)*]) => {
        pub trait $level {
            #[inline]
            fn $method(&self) -> No {
                No
            }
        }

        impl<T: $($bound)*> $level for $($reference)* Question<T> {}
    };
}

/// The last answer is for the rest, types without a size included: a value of those is a place.
macro_rules! question {
    ($method:ident, $first:ident if $bound0:path, else $last:ident) => {
        pub mod $method {
            use super::*;

            answer!($first, $method, First, [&], [$bound0]);
            answer!($last, $method, Otherwise, [], [?Sized]);
        }
    };
    ($method:ident, $first:ident if $bound0:path, $second:ident if $bound1:path, else $last:ident) => {
        pub mod $method {
            use super::*;

            answer!($first, $method, First, [&&], [$bound0]);
            answer!($second, $method, Second, [&], [$bound1]);
            answer!($last, $method, Otherwise, [], [?Sized]);
        }
    };
    ($method:ident, $first:ident if $bound0:path, $second:ident if $bound1:path, $third:ident if $bound2:path,
        else $last:ident) => {
        pub mod $method {
            use super::*;

            answer!($first, $method, First, [&&&], [$bound0]);
            answer!($second, $method, Second, [&&], [$bound1]);
            answer!($third, $method, Third, [&], [$bound2]);
            answer!($last, $method, Otherwise, [], [?Sized]);
        }
    };
}

question!(blocking_guard, Yes if BlockingGuard, Yes if InSecond, Yes if InThird, else No);
question!(ref_cell_borrow, Yes if RefCellBorrow, else No);
question!(span_guard, Yes if SpanGuard, else No);
question!(runtime_enter_guard, Yes if RuntimeEnterGuard, else No);
question!(watch_ref, Yes if WatchRef, else No);
question!(map_iterator, Yes if MapIterator, else No);
question!(async_guard, Yes if AsyncGuard, else No);
question!(configured_guard, Yes if NotAcrossAwait, else No);
question!(drop_matters, Yes if DropMatters, Yes if BlockingGuard, else No);
question!(future, No if TaskHandle, Yes if Future, else No);
question!(fallible_future, No if TaskHandle, Yes if FallibleFuture, else No);
question!(not_future, No if Future, Yes if Sized, else No);
question!(join_handle, Yes if JoinHandle, else No);
question!(fallible_join_handle, Yes if FallibleJoinHandle, else No);
question!(join_result, Yes if JoinResult, else No);
question!(runtime, Yes if Runtime, else No);
question!(broadcast_receiver, Yes if BroadcastReceiver, else No);
question!(os_io_handle, Yes if OsIoHandle, else No);
question!(os_process, Yes if OsProcess, else No);
question!(path_like, Yes if PathLike, else No);
question!(blocking_client, Yes if BlockingClient, else No);
question!(blocking_channel, Yes if BlockingChannel, else No);
question!(thread_handle, Yes if ThreadHandle, else No);
question!(async_read, Yes if tokio::io::AsyncRead, else No);
question!(async_write, Yes if tokio::io::AsyncWrite, else No);
question!(mpsc_receiver, Yes if MpscReceiver, else No);
question!(watch_receiver, Yes if WatchReceiver, else No);
question!(fair_queue, Yes if FairQueue, else No);
question!(notify, Yes if Notify, else No);
question!(mpsc_sender, Yes if MpscSender, else No);
question!(buf_writer, Yes if BufWriter, else No);
question!(tokio_file, Yes if TokioFile, else No);
question!(task_tracker, Yes if TaskTracker, else No);
question!(join_set, Yes if JoinSet, else No);
question!(buffered_stream, Yes if BufferedStream, else No);

/// The value of an un-awaited `.lock()`, `.read()` or `.write()`: what dereferences and is neither a reference, nor a
/// smart pointer, nor a collection, is the guard of a lock, whoever wrote it. A guard is not `Clone`, and is neither a
/// future nor something to iterate over.
pub mod lock_guard {
    use super::*;

    answer!(Yes, lock_guard, First, [&&&&&&], [BlockingGuard]);
    answer!(No, lock_guard, Second, [&&&&&], [Collection]);
    // Whether a closure or an `async` block is `Clone` is not known before the function has been checked.
    answer!(No, lock_guard, Third, [&&&&], [Deref + Clone]);
    answer!(No, lock_guard, Fourth, [&&&], [Deref + Future]);
    answer!(No, lock_guard, Fifth, [&&], [Deref + IntoIterator]);
    answer!(Yes, lock_guard, Sixth, [&], [Deref]);
    answer!(No, lock_guard, Otherwise, [], [?Sized]);
}
