//! One annotated function.

/// The identity of an annotated function or of one `apply!`: a static, so that a reference names it in eight bytes.
#[derive(Debug)]
pub struct Site {
    function: &'static str,
}

impl Site {
    /// `function` is what events and errors call it.
    #[must_use]
    pub const fn new(function: &'static str) -> Self {
        Self { function }
    }

    pub(crate) const fn function(&self) -> &'static str {
        self.function
    }
}
