//! What only the compiler can answer.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use crate::marked::FunctionMark;

/// Something about a type or an item that decides whether a finding is reported.
///
/// A macro puts the question into the function, in two phases. At [`anchor`](Self::anchor) the value, type or
/// function is shown to the compiler in unreachable code; at the end of the coroutine's body, where all types are
/// known, the answer is demanded. No answer, no report.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked.
    pub kind: QuestionKind,
    /// What it is asked about.
    pub subject: Subject,
    /// Where it is asked.
    pub anchor: Anchor,
    /// Every `#[cfg(..)]` around the place and on the binding, from the outermost to the innermost. Where the code is not
    /// compiled, the question may not be there either: nothing would say what it is about.
    pub cfgs: TokenStream,
    /// For [`QuestionKind::Marked`], the name of the method, or the path of the function as the module that the code stands
    /// in would write it.
    pub name: Option<String>,
}

/// The families of types that the compiler is asked about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum QuestionKind {
    /// A guard of a lock that blocks the thread, also inside of `Result`, `Option` and tuples.
    BlockingGuard,
    /// The value of an un-awaited `.lock()`, `.read()` or `.write()`, if it is the guard of a lock: what dereferences
    /// and is neither a reference, nor a smart pointer, nor a collection. Needs no knowledge of the type.
    LockGuard,
    /// A borrow of a `RefCell`.
    RefCellBorrow,
    /// An entered `tracing` span.
    SpanGuard,
    /// The guard of `Handle::enter`.
    RuntimeEnterGuard,
    /// A borrow of the value in a `tokio::sync::watch` channel.
    WatchRef,
    /// An iterator of a concurrent map, which keeps a part of it locked between two entries.
    MapIterator,
    /// A guard of a `tokio` lock, which may be held across an await.
    AsyncGuard,
    /// A type that its owner keeps from awaits.
    ConfiguredGuard,
    /// A value whose drop has an effect at once: a guard, permit or drop guard of any kind.
    DropMatters,
    /// A future, and no handle of a running task.
    Future,
    /// Anything but a future.
    NotFuture,
    /// A handle of a running task.
    JoinHandle,
    /// A handle of a running task whose output is a `Result`.
    FallibleJoinHandle,
    /// The `Result` of a joined task.
    JoinResult,
    /// A `tokio` runtime or handle.
    Runtime,
    /// A `tokio::sync::broadcast::Receiver`.
    BroadcastReceiver,
    /// A `tokio::sync::mpsc` receiver: closed and empty, it answers `None` at once and forever.
    MpscReceiver,
    /// A `tokio::sync::watch::Receiver`.
    WatchReceiver,
    /// A future whose output is a `Result`, and no handle of a running task.
    FallibleFuture,
    /// A lock, semaphore or `Notify` of `tokio`: who waits has a place in a queue.
    FairQueue,
    /// A `tokio::sync::Notify`.
    Notify,
    /// A `std::io` handle of the operating system.
    OsIoHandle,
    /// A `std::process` command or child.
    OsProcess,
    /// A path: `Path`, `PathBuf` and whatever dereferences to one.
    PathLike,
    /// A client that blocks the thread.
    BlockingClient,
    /// A receiver or sender that blocks the thread.
    BlockingChannel,
    /// The handle of a thread.
    ThreadHandle,
    /// A `tokio::io::AsyncRead`.
    AsyncRead,
    /// A `tokio::io::AsyncWrite`.
    AsyncWrite,
    /// A `tokio::sync::mpsc::Sender`.
    MpscSender,
    /// A `tokio::io::BufWriter` or `BufStream`.
    BufWriter,
    /// A `tokio::fs::File`.
    TokioFile,
    /// A `tokio_util::task::TaskTracker`.
    TaskTracker,
    /// A `tokio::task::JoinSet`.
    JoinSet,
    /// A stream of `futures` that runs futures side by side.
    BufferedStream,
    /// A function or method that has this mark, whichever crate it is from. Asked about a [`Subject::Function`], it is
    /// answered on the spot, since no type has a say in it; otherwise the subject is the receiver of the method.
    Marked(FunctionMark),
    /// Exactly the function with this path, which must be one of `std` and not generic. Goes with
    /// [`Subject::Function`] only.
    Same(&'static str),
}

impl QuestionKind {
    /// All questions about a type.
    pub const ABOUT_TYPES: &'static [Self] = &[
        Self::BlockingGuard,
        Self::LockGuard,
        Self::RefCellBorrow,
        Self::SpanGuard,
        Self::RuntimeEnterGuard,
        Self::WatchRef,
        Self::MapIterator,
        Self::AsyncGuard,
        Self::ConfiguredGuard,
        Self::DropMatters,
        Self::Future,
        Self::NotFuture,
        Self::JoinHandle,
        Self::FallibleJoinHandle,
        Self::JoinResult,
        Self::Runtime,
        Self::BroadcastReceiver,
        Self::MpscReceiver,
        Self::WatchReceiver,
        Self::FallibleFuture,
        Self::FairQueue,
        Self::Notify,
        Self::OsIoHandle,
        Self::OsProcess,
        Self::PathLike,
        Self::BlockingClient,
        Self::BlockingChannel,
        Self::ThreadHandle,
        Self::AsyncRead,
        Self::AsyncWrite,
        Self::MpscSender,
        Self::BufWriter,
        Self::TokioFile,
        Self::TaskTracker,
        Self::JoinSet,
        Self::BufferedStream,
    ];

    /// Whether it is about the guards and borrows that `.lock()`, `.read()` and their like may give.
    pub(crate) const fn is_guard(self) -> bool {
        matches!(
            self,
            Self::BlockingGuard
                | Self::LockGuard
                | Self::RefCellBorrow
                | Self::SpanGuard
                | Self::RuntimeEnterGuard
                | Self::WatchRef
                | Self::AsyncGuard
                | Self::ConfiguredGuard
                | Self::DropMatters
        )
    }

    /// Whether a `Result` or `Option` may belong to the family for what it has in it.
    pub(crate) const fn looks_inside(self) -> bool {
        self.is_guard()
            || matches!(
                self,
                Self::JoinResult
                    | Self::Runtime
                    | Self::OsIoHandle
                    | Self::OsProcess
                    | Self::PathLike
                    | Self::BlockingClient
                    | Self::ThreadHandle
                    | Self::TokioFile
            )
    }

    /// Whether a collection may belong to the family for the items that it has.
    pub(crate) const fn looks_at_items(self) -> bool {
        matches!(self, Self::AsyncRead | Self::AsyncWrite)
    }

    /// The name of the answer in `steadfast::__private::question::answers`; `None` if it is not about one type.
    pub const fn answer(self) -> Option<&'static str> {
        Some(match self {
            Self::BlockingGuard => "blocking_guard",
            Self::LockGuard => "lock_guard",
            Self::RefCellBorrow => "ref_cell_borrow",
            Self::SpanGuard => "span_guard",
            Self::RuntimeEnterGuard => "runtime_enter_guard",
            Self::WatchRef => "watch_ref",
            Self::MapIterator => "map_iterator",
            Self::AsyncGuard => "async_guard",
            Self::ConfiguredGuard => "configured_guard",
            Self::DropMatters => "drop_matters",
            Self::Future => "future",
            Self::NotFuture => "not_future",
            Self::JoinHandle => "join_handle",
            Self::FallibleJoinHandle => "fallible_join_handle",
            Self::JoinResult => "join_result",
            Self::Runtime => "runtime",
            Self::BroadcastReceiver => "broadcast_receiver",
            Self::MpscReceiver => "mpsc_receiver",
            Self::WatchReceiver => "watch_receiver",
            Self::FallibleFuture => "fallible_future",
            Self::FairQueue => "fair_queue",
            Self::Notify => "notify",
            Self::OsIoHandle => "os_io_handle",
            Self::OsProcess => "os_process",
            Self::PathLike => "path_like",
            Self::BlockingClient => "blocking_client",
            Self::BlockingChannel => "blocking_channel",
            Self::ThreadHandle => "thread_handle",
            Self::AsyncRead => "async_read",
            Self::AsyncWrite => "async_write",
            Self::MpscSender => "mpsc_sender",
            Self::BufWriter => "buf_writer",
            Self::TokioFile => "tokio_file",
            Self::TaskTracker => "task_tracker",
            Self::JoinSet => "join_set",
            Self::BufferedStream => "buffered_stream",
            Self::Marked(_) | Self::Same(_) => return None,
        })
    }
}

impl Question {
    /// The question about code that has these `#[cfg(..)]` of its own.
    pub(crate) fn compiled_under(mut self, cfgs: impl IntoIterator<Item: ToTokens>) -> Self {
        self.cfgs.append_all(cfgs);
        self
    }
}

/// What a question is asked about.
#[derive(Clone, Debug)]
pub enum Subject {
    /// The variable of this name: `ask(&name)`.
    Binding(Ident),
    /// A place, which is safe to type-check once more where the anchor is: `ask(&(expression))`. Its variables are in
    /// scope there.
    Expression(TokenStream),
    /// A call, method call, `await` or `?` somewhere in the statement. It is wrapped where it stands, as a
    /// [`Value`](Self::Value) is: to repeat it would leave open what its context tells about its type.
    Operand(TokenStream),
    /// A path that is called: ask whether it is the item of [`QuestionKind::Same`], or [marked](QuestionKind::Marked). It is wrapped where it stands: a path
    /// by itself would leave the type parameters of somebody else's function open. Where an argument is a closure, a mark
    /// is asked for in front of the statement: rustc tells the parameters of the closure by the path, and only if that is
    /// called as it is.
    Function(TokenStream),
    /// The value of the statement's expression, or of the initializer of its `let`. The expression is wrapped:
    /// `match expression { value => { ask(&value); value } }` keeps temporaries alive as long as before.
    Value,
}

/// The place of a question.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Anchor {
    /// The block that holds the statement.
    pub block: BlockId,
    /// The index of the statement in that block.
    pub statement: usize,
    /// Where the question stands in relation to the statement.
    pub side: Side,
    /// The body of the coroutine, at the end of which the answer stands.
    pub coroutine: BlockId,
}

/// Where a question stands in relation to its statement.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Side {
    /// In front of the statement.
    Before,
    /// Behind the statement.
    After,
    /// Around the statement's value.
    Around,
}

/// The number of a block in the source that was checked, as
/// [`for_each_block_mut`](crate::for_each_block_mut) counts them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BlockId(pub u32);
