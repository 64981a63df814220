//! Where code runs.

/// Where the code at hand runs.
#[derive(Clone, Copy, Default)]
pub(crate) struct Context {
    pub(crate) kind: Kind,
    /// Within an `async` block inside of a closure that was offloaded: it may be driven by `block_on`.
    pub(crate) offloaded: bool,
    /// In the main function before it has begun to serve, or in a constructor.
    pub(crate) startup: bool,
    /// In a test or benchmark.
    pub(crate) test: bool,
    /// Inside of a loop of this coroutine.
    pub(crate) in_loop: bool,
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
    /// Whether a mistake costs less here than elsewhere, or is less certain.
    pub(crate) fn eases(self) -> bool {
        self.offloaded || self.startup || self.kind == Kind::Inline
    }
}
