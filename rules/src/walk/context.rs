//! Where code runs.

/// Where the code at hand runs.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "none of them has to do with another")]
pub(crate) struct Context {
    pub(crate) kind: Kind,
    /// Within an `async` block inside of a closure that was offloaded: it may be driven by `block_on`.
    pub(crate) offloaded: bool,
    /// In the main function before it has begun to serve, or in a constructor.
    pub(crate) startup: bool,
    /// In a test or benchmark.
    pub(crate) test: bool,
    /// In a test whose clock stands still: `#[tokio::test(start_paused = true)]`.
    pub(crate) paused: bool,
    /// In a test that ends when a task of it panics: `#[tokio::test(unhandled_panic = "..")]`.
    pub(crate) sees_panics: bool,
    /// In `Drop::drop`.
    pub(crate) in_drop: bool,
    /// In a function that polls, as `Future::poll` does: it runs on the runtime and cannot await.
    pub(crate) in_poll: bool,
    /// In an `async` function of which an attribute may make an `async` block without a type.
    pub(crate) rewritten: bool,
    /// In code that is compiled for WebAssembly only.
    pub(crate) wasm: bool,
}

/// What runs the code at hand.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) enum Kind {
    /// Whoever calls it, possibly a thread that may block.
    #[default]
    Sync,
    /// The runtime, while it polls a coroutine.
    Async,
    /// A plain closure in a coroutine that is most likely called in place.
    Inline,
}

impl Context {
    /// Whether it is less certain than elsewhere that the code runs on a thread of the runtime.
    pub(crate) fn is_unsure(self) -> bool {
        self.offloaded || self.kind == Kind::Inline
    }
}
