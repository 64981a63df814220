//! The attributes of `steadfast`. Depend on `steadfast`, which re-exports and documents them.
#![forbid(unsafe_code)]

mod apply;
mod attribute;
mod audit;
mod body;
mod checked;
mod entry;
mod errors;
mod expand;
mod marks;
mod must_join;
mod offload;
mod parse;
mod shape;
#[cfg(test)]
mod snapshots;
mod stack;
mod stream;
mod transient;
mod validate;

use proc_macro::TokenStream;

use stack::Kind;

/// Ends a call, or each of its attempts, after a time limit.
///
/// The future is dropped at its deadline, at the await it is suspended at; a function that has ended by then is not
/// ended twice, and one that never awaits cannot be ended (which is a compile error where it can be seen). The limit
/// counts from the call, so it covers the wait for a permit of `bounded`.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `2s` | the whole call; beside `#[retry]` say `attempt = 2s` or `total = 2s` |
/// | `attempt = 2s` | each attempt of a retry |
/// | `total = 10s` | the call with all its attempts and pauses |
/// | `inherit = false` | do not hand the caller's earlier deadline on to nested calls |
/// | `on_elapsed = expression` | the function's value when the time is up, instead of an error |
/// | `map_err = path` | makes the function's error of a `PolicyError` |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// A duration is a literal (`250ms`, `2s`, `0.5s`, `1m30s`; a bare number is seconds) or an expression of type
/// `Duration` over the function's arguments, evaluated once per call. A run-time limit of zero counts as 1 ms.
///
/// # Errors
/// `PolicyError` of kind `TimedOut`, converted by `From` into the function's error type.
///
/// # Cancellation, panics, deadlines
/// Dropping the call drops the body. A panic passes through. The deadline is handed down to everything that the body
/// calls in the same task: nested timeouts end at the earlier one, retries neither sleep past it nor start an attempt
/// after it, and `steadfast::deadline::remaining()` reads it. When two end at the same moment, the outer one wins.
///
/// # Examples
/// ```
/// use std::io;
/// use steadfast::timeout;
///
/// #[timeout(2s)]
/// async fn read_page(path: &str) -> io::Result<String> {
///     tokio::fs::read_to_string(path).await
/// }
///
/// #[timeout(50ms, on_elapsed = None)]
/// async fn cached(key: u64) -> Option<String> {
///     # let _ = key;
///     tokio::task::yield_now().await;
///     Some("value".to_owned())
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> io::Result<()> {
/// # read_page("Cargo.toml").await?;
/// # assert!(cached(1).await.is_some());
/// # Ok(())
/// # }
/// ```
#[proc_macro_attribute]
pub fn timeout(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(Kind::Timeout, arguments.into(), item.into()).into()
}

/// Makes the call again when it failed in a way that may pass.
///
/// Nothing is retried unless it is classified: by `on`, or by the error's own `Transient`. The last error comes back
/// unchanged. Between attempts no permit of `bounded` is held, and the failed outcome is dropped before the pause.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `on = any`, `on = Error::is_transient`, `on = \|error\| ..`, `on(Error::Io(_), ..)` | what is retried; without it the error must be `Transient` |
/// | `abort(..)`, `abort = ..` | what is never retried; it wins over everything |
/// | `attempts = 5`, or `retries = 4` | how often at most; 3 attempts unless said, no limit inside `within` or with `attempts = unlimited` |
/// | `within = 30s` | no further attempt is planned past it, counted from the first; a running one is not ended |
/// | `backoff = exp(50ms, factor = 2, cap = 20s)` | also `constant(1s)`, `linear(..)`, `fibonacci(..)`, `list[100ms, 1s]`, or a value that implements `Backoff`; may stand first, without its key |
/// | `jitter = full` | or `equal`, `decorrelated`, `none` |
/// | `retry_after = Error::retry_after` | how long the other side asked to wait: a `fn(&Error) -> Option<Duration>` |
/// | `retry_after_max = 30s` | how far a hint may stretch the pause; 5 s beyond the backoff unless said |
/// | `retry_if_ok = \|value\| ..` | values that ask for another try; the last one is returned |
/// | `budget = "payments"` | a retry budget shared by name; also `none`, `(ratio = 0.2, min_per_sec = 10, ttl = 10s)`, or an expression for a `&Budget`; one per function unless said |
/// | `idempotent` | an attempt that timed out may be made again, although its body may have run |
/// | `nested = warn` | inside another retry: tell once, or `once` (one attempt), or `allow` |
/// | `on_retry = path` | called with a `&Retrying<Error>` before each pause |
/// | `cancel = token` | a `CancellationToken` that ends a pause at once with the last error |
/// | `reset_after = 60s` | an attempt that lasted that long starts count and backoff anew |
/// | `clone(a, b)`, `borrow(c)` | overrides what is guessed of an argument; see below |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// # What an attempt sees
/// The caller's argument values, whatever an earlier attempt did. A parameter that is declared `mut`, or that the body
/// visibly takes (passes on by value, returns, stores, captures by `move`), is cloned for each attempt but the last and
/// must be `Clone`; every other one is lent. The guess is made from the text: a method of yours that takes `self` looks
/// like one that borrows it, and `clone(name)` says otherwise; a `Copy` field that is passed on looks like a move of its
/// owner, and `borrow(name)` says otherwise. What is borrowed from a `&mut` parameter cannot be returned.
///
/// # Plain functions
/// On a plain `fn` the pause blocks the thread. Do not call it from asynchronous code.
///
/// # Errors, cancellation, panics
/// The function's own error. Of a policy below it, `Full` is always retried, since the body did not run; an attempt that
/// timed out only with `idempotent`. Dropping the call ends attempt or pause, and a token withdrawn for the attempt to
/// come goes back to the budget. A panic in the body or in the hook passes through.
///
/// # Run-time values
/// 0 attempts count as 1. Nonsense in a backoff or a budget is documented there.
///
/// # Sources
/// Three attempts, 50 ms doubling up to 20 s with the cap before full jitter, and the hint's 5 s are those of the AWS
/// SDKs' retry strategy 2.1; the budget is Finagle's `RetryBudget`.
///
/// # Examples
/// ```
/// use std::io;
/// use steadfast::retry;
///
/// #[retry(attempts = 5, backoff = exp(10ms, cap = 1s))]
/// async fn read_page(path: &str) -> io::Result<String> {
///     tokio::fs::read_to_string(path).await
/// }
///
/// #[derive(Debug)]
/// enum Error {
///     Busy,
///     Http { status: u16 },
/// }
///
/// #[retry(on(Error::Busy, Error::Http { status: 500..=599 }), jitter = none)]
/// async fn save(rows: Vec<u64>) -> Result<usize, Error> {
///     Ok(rows.into_iter().count())
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> io::Result<()> {
/// # read_page("Cargo.toml").await?;
/// # assert_eq!(save(vec![1, 2]).await.unwrap(), 2);
/// # Ok(())
/// # }
/// ```
#[proc_macro_attribute]
pub fn retry(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(Kind::Retry, arguments.into(), item.into()).into()
}

/// Lets at most so many calls run at once.
///
/// The others wait, first come first served, on any return type. With `queue`, `max_wait` or `reject` a call may be
/// refused instead, before its body runs. The limit belongs to the function: all calls in the process share it, all
/// instantiations of a generic function, and all implementors of a trait's default method.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `8` | the limit: a literal, a constant, or an expression over the arguments, which the latest call sets |
/// | `by = self.limit` | a `Bulkhead` in a field, a static or a parameter, instead of a limit |
/// | `queue = 100` | at most so many may wait; further ones are refused at once |
/// | `max_wait = 500ms` | who has waited so long is refused |
/// | `reject` | nobody waits |
/// | `key = user.id` | one limit for each key: any expression that is `Hash` |
/// | `max_keys = 10_000` | so many keys are kept at most; a key in use never goes |
/// | `idle = 60s` | a key that nobody has used for so long goes |
/// | `map_err = path` | makes the function's error of a `PolicyError` |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// # Errors
/// `PolicyError` of kind `Full`, only with `queue`, `max_wait` or `reject`.
///
/// # Cancellation and panics
/// A caller that goes away gives up its place in the queue, or its permit. So does one that panics.
///
/// # Run-time values
/// A limit of 0 counts as 1.
///
/// # Examples
/// ```
/// use steadfast::{Bulkhead, PolicyError, bounded};
///
/// #[bounded(8)]
/// async fn render(page: u32) -> String {
///     format!("page {page}")
/// }
///
/// struct Client {
///     limit: Bulkhead,
/// }
///
/// impl Client {
///     #[bounded(by = self.limit, max_wait = 500ms)]
///     async fn get(&self, path: &str) -> Result<usize, PolicyError> {
///         Ok(path.len())
///     }
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # assert_eq!(render(1).await, "page 1");
/// # assert_eq!(Client { limit: Bulkhead::new(2) }.get("abc").await.unwrap(), 3);
/// # }
/// ```
#[proc_macro_attribute]
pub fn bounded(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(Kind::Bounded, arguments.into(), item.into()).into()
}

/// Joins every task that the function spawns, on every path out of it.
///
/// `tokio::spawn(..)` in the body starts a task that belongs to the call: when the function returns a value, leaves by
/// `?` or `return`, panics or is dropped, its tasks have ended before anything after it goes on. A task whose handle is
/// discarded hands its error to the call, as `?` would; a task's panic becomes the call's panic, once all other tasks
/// have ended. An error that the function itself returns cancels its tasks, as the error of a task does.
///
/// `tokio::spawn`, `tokio::task::{spawn, spawn_blocking, spawn_local}` and the same behind `task::` are rewritten, also in
/// `async` blocks, closures and the arguments of macros that can be read. A bare `spawn(..)` is not: an attribute cannot
/// see what it is; name it in `spawn_paths`. Nested functions have a contract of their own. The handle is a
/// `steadfast::TaskHandle<T>`, a future of `Result<T, JoinError>` as tokio's is.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `strict` | a handle that is discarded or never used is an error as well |
/// | `limit = 8` | at most so many tasks run at once; the others wait for their first poll |
/// | `grace = 2s` | how long tasks may go on after they were cancelled, before they are aborted; none unless said |
/// | `timeout = 30s` | then tasks are cancelled, and the call ends once they have ended |
/// | `cancel = graceful` | cancelled tasks are not aborted but waited for; `abort` unless said |
/// | `panics = collect` | a task that panics leaves the others alone; its panic goes on in the caller when all have ended, unless an error of another task ends the call |
/// | `on_error = collect` | a failed task leaves the others alone; also `log`, and `cancel` unless said |
/// | `spawn_paths(jobs::spawn)` | further functions that spawn as `tokio::spawn` does |
/// | `scope = g` | the tasks belong to the parameter `g: &steadfast::Scope<E>` and are joined by its owner |
/// | `map_err = path` | makes the function's error of a `PolicyError` (`timeout`) |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// # Errors
/// The function's own; the first error of a task whose handle is discarded, converted by `From`; with `timeout` a
/// `PolicyError` of kind `TimedOut`.
///
/// # Cancellation, panics
/// Dropping the call cancels and aborts its tasks at once, and the nearest living scope around it waits for them; without
/// one, `steadfast::orphans()` counts them. The body and its arguments are dropped before the tasks are joined, so that a
/// channel that the body holds is closed by then. Under `panic = "abort"` nothing can be joined after a panic.
///
/// # Examples
/// ```
/// use std::io;
/// use steadfast::must_join;
///
/// #[must_join(limit = 8)]
/// async fn sizes(paths: Vec<&'static str>) -> io::Result<u64> {
///     let mut handles = Vec::new();
///     for path in paths {
///         handles.push(tokio::spawn(tokio::fs::metadata(path)));
///     }
///     let mut sum = 0;
///     for handle in handles {
///         sum += handle.await??.len(); // an error here leaves when the other tasks have ended
///     }
///     Ok(sum)
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> io::Result<()> {
/// # assert!(sizes(vec!["Cargo.toml", "src/lib.rs"]).await? > 0);
/// # Ok(())
/// # }
/// ```
#[proc_macro_attribute]
pub fn must_join(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(Kind::MustJoin, arguments.into(), item.into()).into()
}

/// Lets a call that was begun run to its end, even when its caller is dropped.
///
/// The body runs in the caller's task. If the call is dropped before it has ended, what is left of it goes on as a task of
/// its own, which the nearest living scope around the call joins, or [`macro@main`] when the program ends. For the few
/// steps that must not be torn apart: a payment and its record, two writes that belong together.
///
/// The arguments are owned, because they may outlive the caller: `Arc<Self>` instead of `&self`. The call costs one
/// allocation.
///
/// # Cancellation, panics
/// Dropping a call that was never polled does nothing. A panic of the body passes to the caller while there is one;
/// afterwards it is told like that of any task. When the runtime itself ends, what is left is dropped.
///
/// # Examples
/// ```
/// use steadfast::shield;
///
/// #[shield]
/// async fn transfer(from: u64, to: u64) -> u64 {
///     tokio::task::yield_now().await; // debit
///     tokio::task::yield_now().await; // credit: happens, whoever has gone away meanwhile
///     from + to
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # assert_eq!(transfer(1, 2).await, 3);
/// # }
/// ```
#[proc_macro_attribute]
pub fn shield(arguments: TokenStream, item: TokenStream) -> TokenStream {
    attribute::expand(Kind::Shield, arguments.into(), item.into()).into()
}

/// Runs the program's `async fn main`, and ends it in order.
///
/// When the body returns, or the program is asked to stop (Ctrl-C, and `SIGTERM` on Unix), everything that still runs is
/// cancelled, then waited for during `grace`, then aborted; blocking work is waited for during `blocking_grace`. What does
/// not end by then is named on the standard error stream, with the place where it was spawned. A second signal ends the
/// program at once.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `flavor = "current_thread"` | a runtime on this thread; `"multi_thread"` unless said |
/// | `worker_threads = 4` | how many threads it has; one for each core unless said |
/// | `start_paused = true` | the clock of tests; only with `"current_thread"` |
/// | `grace = 10s` | how long tasks may go on after they were cancelled; 10 s unless said |
/// | `blocking_grace = 5s` | how long blocking work may go on after that; 5 s unless said |
/// | `signals = none` | leaves signals to the program; `stop` unless said |
/// | `debug`, `debug = false` | debugging is on, or off; unless said the environment decides |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// # Debugging
/// With `STEADFAST_DEBUG=1` in the environment tasks are listed by [`steadfast::tasks()`], `SIGUSR1` (on Windows Ctrl-Break)
/// prints them as a tree, and slow polls, blocked workers and failures that nobody looks at are told as [`steadfast::debug`]
/// says; so are, at the end, tasks that nobody has joined. Without it the signal does what it always does. Both signals are
/// left alone under `signals = none`.
///
/// # Exit code
/// That of the returned value, as for any `main`: 0, 1 for an `Err`, or the `ExitCode` itself. After a signal during which
/// the body did not return: 128 and the signal's number, as a shell says it.
///
/// # Cancellation, panics
/// A signal cancels [`steadfast::shutdown()`], the token at the root of all scopes; the body goes on until it returns or
/// `grace` is over, and is dropped then. A panic of the body drains the same way and then goes on.
///
/// # Examples
/// ```no_run
/// #[steadfast::main(grace = 30s)]
/// async fn main() -> std::io::Result<()> {
///     steadfast::detach("cleans up as long as the process lives", async { /* .. */ });
///     steadfast::shutdown().cancelled().await; // Ctrl-C or SIGTERM
///     Ok(())
/// }
/// ```
///
/// [`steadfast::shutdown()`]: https://docs.rs/steadfast/latest/steadfast/fn.shutdown.html
/// [`steadfast::tasks()`]: https://docs.rs/steadfast/latest/steadfast/fn.tasks.html
/// [`steadfast::debug`]: https://docs.rs/steadfast/latest/steadfast/debug/index.html
#[proc_macro_attribute]
// The harness of tests brings a `main` of its own: rust-lang/rust#62127.
#[cfg(not(test))]
pub fn main(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entry::expand(entry::Entry::Main, arguments.into(), &item.into()).into()
}

/// Runs an async test on a runtime of its own, with a paused clock, a time limit and a check for leaked tasks.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `start_paused = false` | the real clock; on a single thread the clock is paused unless said, and jumps to the next timer whenever nothing else is to be done |
/// | `timeout = 60s` | fails the test when it takes longer, by that clock; 60 s unless said. A test that waits for what never comes fails at once, since the clock jumps to its end |
/// | `leaks = allow` | tasks may outlive the test; `deny` unless said: the test fails and names each with the place where it was spawned |
/// | `seed = 7` | what jitter and other random choices of this crate begin with; a new one for each run unless said, and told when the test fails |
/// | `debug`, `debug = false` | slow polls and blocks of this test are told, or not; unless said `STEADFAST_DEBUG` decides |
/// | `flavor = "multi_thread"`, `worker_threads = 4` | a runtime with several threads and the real clock |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// # Panics
/// Like any test. After a panic of the body no leaks are told: the panic is the reason.
///
/// # Examples
/// ```no_run
/// #[steadfast::test]
/// async fn gives_up_after_a_minute() {
///     tokio::time::sleep(std::time::Duration::from_secs(59)).await; // takes no time
/// }
/// ```
#[proc_macro_attribute]
pub fn test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    entry::expand(entry::Entry::Test, arguments.into(), &item.into()).into()
}

/// Runs a plain function on another thread: from outside it is an `async fn`.
///
/// For calls that wait where they cannot await (files, a database driver without async, DNS) and, with `pool = "cpu"`, for
/// calls that compute for longer than a task may without an await.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `pool = "cpu"` | our own threads, as many as there are cores; else tokio's blocking pool (512 threads unless you said otherwise) |
/// | `limit = 4` | at most so many calls of this function at once, the others wait first come first served; a literal or a constant |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// # What the function sees
/// It runs with its arguments on another thread, so they are owned, `Send` and `'static`, and so is what it returns: take
/// `String` for `&str`, and `self: Arc<Self>` or `self` for `&self`. It is in the runtime of its caller
/// (`tokio::runtime::Handle::current()`), in its `tracing` span, and knows its deadline (`steadfast::deadline`). All
/// arguments stay with the work until it ends. The function is asynchronous for its own body too: a recursion goes into an
/// inner function.
///
/// # Cancellation and panics
/// A thread cannot be stopped. A call that is dropped before its work has begun takes the work back; after that the work
/// runs to its end, and what it returns is dropped. The permit of `limit` goes with the work: it is free again when the
/// thread is, not when the caller goes away (which is what `#[bounded]` on this function would mean). A panic of the work
/// goes on in the caller.
///
/// # Policies
/// `#[timeout]`, `#[retry]` and `#[bounded]` go on the same function, above or below, and treat it as the `async fn` that it
/// is. A timeout ends the wait, not the work.
///
/// # Panics
/// On tokio's pool: outside of a runtime, or if the runtime is shut down before the work begins.
///
/// # Examples
/// ```
/// use std::{io, path::PathBuf, sync::Arc};
/// use steadfast::offload;
///
/// #[offload(limit = 8)]
/// fn line_count(path: PathBuf) -> io::Result<usize> {
///     Ok(std::fs::read_to_string(path)?.lines().count())
/// }
///
/// struct Hasher {
///     rounds: u32,
/// }
///
/// impl Hasher {
///     #[offload(pool = "cpu")]
///     fn hash(self: Arc<Self>, password: String) -> u64 {
///         (0..self.rounds).flat_map(|_| password.bytes()).fold(7, |hash, byte| hash * 31 % 65_521 + u64::from(byte))
///     }
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> io::Result<()> {
/// assert!(line_count("Cargo.toml".into()).await? > 10);
/// assert!(Arc::new(Hasher { rounds: 100 }).hash("secret".to_owned()).await > 0);
/// # Ok(())
/// # }
/// ```
#[proc_macro_attribute]
pub fn offload(arguments: TokenStream, item: TokenStream) -> TokenStream {
    offload::expand(arguments.into(), item.into()).into()
}

/// Marks a plain function as one that blocks its thread, for the rules that keep such calls out of asynchronous code.
///
/// The function stays exactly as it is. A hidden item beside it carries the mark, also across crates: for a function a trait
/// of the same name, which is imported and re-exported together with it, for a method a method. Code under `#[checked]` or
/// a policy does not compile if it calls the function in asynchronous code; so to mark a function that others call is a
/// breaking change for them.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `inherent` | the function stands in the `impl` of a type; needed where that cannot be seen: on a private method, and on a function without `self` and `Self` |
/// | `local` | leaves the hidden item out: only `audit!` and `cargo steadfast check` of the same crate know the function. Needed where its name is that of a module beside it, as with `mod load; pub use load::load;` (E0255), or of a crate that code beside it names, and in the implementation of a trait on a function without `self` and `Self`. A primitive type's name, or that of a crate that the function itself names, has the same effect |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// # What other crates do not see
/// - A method of a trait. Nothing can be added to an implementation; and a mark in the trait would answer for a type's own
///   method of the same name as well, which may be another one that does not block. Mark the methods of the types.
/// - A method behind a type of somebody's own that dereferences: it may have another method of that name. The pointers and
///   guards of `std` and `tokio` are looked through, as is a guard of `parking_lot` or an entry of `dashmap` with the feature of that name.
/// - A function that is called as one of a type: `Database::open()`.
/// - A function behind a name that a block imports with `*` or under a `#[cfg]`, or that a macro in it may bind.
/// - A name that is given by a crate which does not itself depend on `steadfast`, as with `pub use inner::load as fetch;` there.
///
/// A function that is nested in another one and has a `#[checked]` of its own is asked about as code of the module: it knows nothing
/// of what the outer function's body declares. Where that hides a marked function of the module, put `#[checked]` on the outer one.
///
/// To run a function on another thread instead, write [`#[offload]`](macro@offload).
///
/// # Examples
/// ```
/// use steadfast::blocking;
///
/// #[blocking]
/// pub fn load(path: &str) -> std::io::Result<String> {
///     std::fs::read_to_string(path)
/// }
///
/// struct Database;
///
/// impl Database {
///     #[blocking]
///     pub fn vacuum(&self) {}
///
///     #[blocking(inherent)]
///     fn compact(&self) {}
/// }
/// # Database.vacuum();
/// # Database.compact();
/// # assert!(load("Cargo.toml").is_ok());
/// ```
#[proc_macro_attribute]
pub fn blocking(arguments: TokenStream, item: TokenStream) -> TokenStream {
    marks::expand::<marks::Blocking>(arguments.into(), item.into()).into()
}

/// Marks a function whose future must not be dropped half-way, for the rule that keeps it out of `select!` and timeouts.
///
/// A future may be dropped at any of its awaits: by a `select!` in which another branch is ready first, and by a timeout.
/// Most futures can take that. One that takes something and stores it after an await cannot: what it has taken is lost. The
/// mark says so, and nobody has to read the body to know.
///
/// The function stays exactly as it is: its future has the same type and size, and is `Send` as before. A hidden item beside it
/// carries the mark, also across crates, as for [`#[blocking]`](macro@blocking). Code under `#[checked]` or a policy does not
/// compile if it calls the function in a branch of a `select!` that a loop runs again, or in a `tokio::time::timeout` or
/// [`apply!`] after which it goes on: see the rule `cancel_unsafe_call`. So to mark a function that others call is a breaking change for them.
///
/// To make such a function safe to drop instead, write [`#[shield]`](macro@shield): then it runs to its end.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `inherent` | the function stands in the `impl` of a type; needed where that cannot be seen: on a private method, and on a function without `self` and `Self` |
/// | `local` | leaves the hidden item out: only `audit!` and `cargo steadfast check` of the same crate know the function |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// Nothing can be added to a trait or to its implementations, so a method there carries no mark that other crates could see.
///
/// # Errors
/// `#[timeout]` on the function itself drops it half-way and does not compile beside the mark. Neither do `#[shield]` and
/// `#[offload]`, under which nothing is dropped, and `#[blocking]`, which is for a function without a future.
///
/// # Examples
/// ```
/// use steadfast::cancel_unsafe;
/// use tokio::sync::mpsc::{Receiver, Sender};
///
/// /// An order that was received and not yet sent is in no queue.
/// #[cancel_unsafe]
/// pub async fn pass_on(from: &mut Receiver<u32>, to: &Sender<u32>) -> bool {
///     match from.recv().await {
///         Some(order) => to.send(order).await.is_ok(),
///         None => false,
///     }
/// }
///
/// #[steadfast::checked]
/// async fn run(mut from: Receiver<u32>, to: Sender<u32>, mut ticks: tokio::time::Interval) {
///     let mut passed = Box::pin(pass_on(&mut from, &to));
///     loop {
///         tokio::select! {
///             // `_ = pass_on(&mut from, &to)` does not compile here.
///             _ = &mut passed => return,
///             _ = ticks.tick() => println!("still waiting"),
///         }
///     }
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let ((tx, from), (to, mut rx)) = (tokio::sync::mpsc::channel(1), tokio::sync::mpsc::channel(1));
/// # tx.send(7).await.unwrap();
/// # run(from, to, tokio::time::interval(std::time::Duration::from_secs(60))).await;
/// # assert_eq!(rx.recv().await, Some(7));
/// # }
/// ```
#[proc_macro_attribute]
pub fn cancel_unsafe(arguments: TokenStream, item: TokenStream) -> TokenStream {
    marks::expand::<marks::CancelUnsafe>(arguments.into(), item.into()).into()
}

/// Makes a stream of an `async fn` that yields: `yield_!(item)` gives the next item and waits until somebody asks for more.
///
/// The function's return type is that of the items; from outside it returns an `impl Stream` of them. The body starts when
/// the stream is first polled, and the stream ends with it. With items that are a `Result`, `?` on an error gives that error
/// as the last item. This is what `gen` functions are to mean (RFC 3513).
///
/// Needs the feature `stream`. The stream is that of the crate `async-stream-lite`; to walk over it, take `StreamExt` from
/// `tokio-stream` or `futures`.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `guards = allow` | yields while a lock is held are meant |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// # Where it cannot yield
/// Between two items a stream may stand still for any time, or for ever. So `yield_!` is a compile error inside of a `scope`
/// (its tasks would run on), a `timeout` or a policy (the time would run on), and while a variable holds what `.lock()` or
/// `.enter()` gave (PEP 789 tells the story). It is one in closures, `async` blocks and items, whose code is not the stream's
/// own. In a macro such as `tokio::select!` it stands in the handler. What hides behind a function or a type is not seen.
///
/// # Cancellation and panics
/// A stream that is dropped drops its body at the `yield_!` or the await where it stands; keep what has to be closed
/// asynchronously in a `Managed`. A panic of the body passes through to whoever polls.
///
/// # Examples
/// ```
/// use std::io;
/// use steadfast::{Stream, stream};
///
/// #[stream]
/// async fn lines(path: &str) -> io::Result<String> {
///     let text = tokio::fs::read_to_string(path).await?;
///     for line in text.lines() {
///         yield_!(Ok(line.to_owned()));
///     }
/// }
///
/// async fn first(lines: impl Stream<Item = io::Result<String>>) -> Option<io::Result<String>> {
///     let mut lines = std::pin::pin!(lines);
///     std::future::poll_fn(|cx| lines.as_mut().poll_next(cx)).await
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> io::Result<()> {
/// assert_eq!(first(lines("Cargo.toml")).await.unwrap()?, "[package]");
/// assert!(first(lines("no such file")).await.unwrap().is_err());
/// # Ok(())
/// # }
/// ```
#[proc_macro_attribute]
pub fn stream(arguments: TokenStream, item: TokenStream) -> TokenStream {
    stream::expand(arguments.into(), &item.into()).into()
}

/// The same policies on a part of a function.
///
/// `apply!(policies; future)` is a future, so `.await` it. The future expression is evaluated anew for each attempt, and
/// borrows what it names, as a closure would. Policies and arguments are those of the attributes; `clone` and `borrow`
/// are not, since an expression has no parameters. Under `retry` the type of the error has to follow from the expression
/// itself: end an `async` block with `Ok::<_, Error>(..)`. Each place in the source has its own permits and its own budget.
///
/// # Errors, cancellation, panics
/// As for the attributes: the future's own error type carries what the policies raise.
///
/// # Examples
/// ```
/// use std::io;
/// use steadfast::apply;
///
/// async fn page(path: &str) -> io::Result<usize> {
///     let text = apply!(retry(on = any), timeout(attempt = 2s); tokio::fs::read_to_string(path)).await?;
///     Ok(text.len())
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> io::Result<()> {
/// # assert!(page("Cargo.toml").await? > 0);
/// # Ok(())
/// # }
/// ```
#[proc_macro]
pub fn apply(input: TokenStream) -> TokenStream {
    apply::expand(input.into()).into()
}

/// Writes `Transient` for an error type, and `From<PolicyError>` for the variant that is marked `#[policy]`.
///
/// | attribute | meaning |
/// |---|---|
/// | `#[transient]` | this variant is worth another try |
/// | `#[transient(when = status >= 500)]` | if the condition over its fields holds; `_0` names the first one of a tuple |
/// | `#[transient(after = field)]` | and this field, a `Duration` or `Option<Duration>`, says how long to wait |
/// | `#[policy]` | carries the `PolicyError` of timeouts and refusals; a `#[from]` of `thiserror` on its field may stay |
/// | `#[transient(crate = "path")]` on the type | where `steadfast` is found when it is renamed or re-exported |
///
/// A variant without an attribute is not transient. A struct takes the attributes on itself.
///
/// # Examples
/// ```
/// use std::{io, time::Duration};
/// use steadfast::Transient;
///
/// #[derive(Debug, Transient)]
/// enum Error {
///     #[transient]
///     Io(io::Error),
///     #[transient(after = 0)]
///     Throttled(Duration),
///     #[transient(when = status >= 500)]
///     Http { status: u16 },
///     Auth,
///     #[policy]
///     Policy(steadfast::PolicyError),
/// }
///
/// assert!(Error::Http { status: 503 }.is_transient());
/// assert!(!Error::Auth.is_transient());
/// assert_eq!(Error::Throttled(Duration::from_secs(1)).retry_after(), Some(Duration::from_secs(1)));
/// # let _ = (Error::Io(io::Error::other("x")), Error::from as fn(steadfast::PolicyError) -> Error);
/// ```
#[proc_macro_derive(Transient, attributes(transient, policy))]
pub fn derive_transient(input: TokenStream) -> TokenStream {
    transient::derive(input.into()).into()
}

/// Checks a function, an `impl` block, a trait or an inline module with the rules of Steadfast.
///
/// What syntax tells is reported at once. What depends on a type is asked of the compiler while it checks the function: a
/// `std::sync::MutexGuard` across an await is a mistake, whatever its variable is called, and a function of yours that is
/// called `sleep` is none. No answer, no report. [`timeout`](macro@timeout), [`retry`](macro@retry) and
/// [`bounded`](macro@bounded) check their function as well, so that it needs no `#[checked]` beside them; each function is
/// checked once.
///
/// Correct code does not change: the questions stand in code that is never reached, so nothing is borrowed, moved or held
/// longer, the future is as `Send` and as large as before, and nothing runs. rustc and clippy see your code as it is.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `deny(rule, ..)` | what these rules report is an error |
/// | `warn(rule, ..)` | it is a warning, even under `#![deny(warnings)]` |
/// | `allow(rule, ..)` | they are off; for one place, [`#[steadfast::allow]`](macro@allow) says more |
/// | `crate = "path"` | where `steadfast` is found when it is renamed or re-exported |
///
/// On an `impl` block, a trait or a module, a function in it that has an attribute of Steadfast is left to that one, with
/// the arguments of the outer `checked` unless it has a `checked` of its own.
///
/// # What it does not see
/// The module around it: a name that is imported there is a question where the compiler can answer it, and passes where it
/// cannot. `audit!` and `cargo steadfast check` see whole files. The arguments of unknown macros. A type that only code
/// outside of an `async` block determines.
///
/// # Under `forbid`
/// The questions carry an `allow` of `unreachable_code`, `deprecated` and `unused` for themselves, which a crate that *forbids*
/// one of these, or a lint of the last, does not accept.
///
/// # Examples
/// ```
/// use std::collections::HashMap;
/// use std::sync::Mutex;
/// use steadfast::checked;
///
/// #[checked]
/// async fn refresh(prices: &Mutex<HashMap<String, u64>>, name: &str) -> Option<u64> {
///     let old = {
///         let prices = prices.lock().unwrap();
///         prices.get(name).copied()
///     };
///     tokio::task::yield_now().await;
///     old
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # assert_eq!(refresh(&Mutex::default(), "apple").await, None);
/// # }
/// ```
///
/// The guard lives across the await:
/// ```compile_fail,E0277
/// # use std::sync::Mutex;
/// #[steadfast::checked]
/// async fn refresh(price: &Mutex<u64>) -> u64 {
///     let price = price.lock().unwrap();
///     tokio::task::yield_now().await;
///     *price
/// }
/// ```
#[proc_macro_attribute]
pub fn checked(arguments: TokenStream, item: TokenStream) -> TokenStream {
    checked::attribute(arguments.into(), item.into()).into()
}

/// Lets one or more rules pass what they would report.
///
/// It goes on any item, and on a statement in code that is checked. `#[checked]`, the policies, `audit!` and `cargo
/// steadfast check` all obey it. On an item that nothing checks it does nothing. Written with its path it is never taken
/// for the `allow` of rustc.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `rule, ..` | the rules; an unknown one does not compile, and the nearest name is offered |
/// | `reason = ".."` | why it is meant; required |
///
/// # What is reported
/// One without a reason, or for a rule that does not exist (`malformed_allow`), and one below which nothing would be
/// reported (`unused_allow`).
///
/// # Examples
/// ```
/// use std::time::Duration;
///
/// #[steadfast::checked]
/// async fn warm_up() {
///     #[steadfast::allow(blocking_sleep, reason = "one millisecond, before anything is served")]
///     std::thread::sleep(Duration::from_millis(1));
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() { warm_up().await }
/// ```
#[proc_macro_attribute]
pub fn allow(arguments: TokenStream, item: TokenStream) -> TokenStream {
    checked::allow(&arguments.into(), item.into()).into()
}

/// Checks all source files of the crate while it compiles.
///
/// Stands once in the root file. It reads that file and all modules it declares, and reports what is certain: what
/// would need to know a type is left to [`macro@checked`] and to `cargo steadfast check --typed`. Since a macro cannot
/// point at another file, each report names the file and shows the line. When a file changes, it runs again.
///
/// # Arguments
/// | argument | meaning |
/// |---|---|
/// | `deny(rule, ..)`, `warn(rule, ..)`, `allow(rule, ..)` | other levels than the rules have by themselves |
/// | `crate = "path"` | where `steadfast` is found when it is renamed, so that `#[path::allow(..)]` is understood |
///
/// # Errors
/// Errors are compile errors, warnings are warnings. A file that does not parse is left to rustc.
///
/// # What it does not see
/// Code that a macro writes, files behind an `include!` whose path is put together, and other targets of the package: a
/// binary is a crate of its own.
///
/// # Examples
/// ```
/// steadfast::audit!();
/// # fn main() {}
/// ```
#[proc_macro]
pub fn audit(input: TokenStream) -> TokenStream {
    audit::expand(input.into()).into()
}
