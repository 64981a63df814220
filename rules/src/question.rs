//! What only the compiler can answer.

use proc_macro2::{Ident, TokenStream};

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
}

/// The families of types that the compiler is asked about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum QuestionKind {
    /// A guard of a lock that blocks the thread, also inside of `Result`, `Option` and tuples.
    BlockingGuard,
    /// A borrow of a `RefCell`.
    RefCellBorrow,
    /// An entered `tracing` span.
    SpanGuard,
    /// The guard of `Handle::enter`.
    RuntimeEnterGuard,
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
    /// A `std::io` handle of the operating system.
    OsIoHandle,
    /// A path: `Path`, `PathBuf` and whatever dereferences to one.
    PathLike,
    /// A client that blocks the thread.
    BlockingClient,
    /// A receiver or sender that blocks the thread.
    BlockingChannel,
    /// The handle of a thread.
    ThreadHandle,
    /// Exactly the item with this path, a function or a type that is not generic.
    Same(&'static str),
}

/// What a question is asked about.
#[derive(Clone, Debug)]
pub enum Subject {
    /// The variable of this name: `ask(&name)`.
    Binding(Ident),
    /// An expression that is safe to type-check once more where the anchor is: `ask(&(expression))`. Its names are
    /// in scope there, and it holds no `?`, `await`, closure, block or macro.
    Expression(TokenStream),
    /// A path of a function without generics: ask whether it is the item of [`QuestionKind::Same`].
    Function(TokenStream),
    /// A path of a type without generics: ask whether it is the item of [`QuestionKind::Same`].
    Type(TokenStream),
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
