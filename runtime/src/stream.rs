//! What `#[stream]` needs to know of its items.

/// An item that may be an error, which ends the stream.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is called a result, and is none",
    label = "give it a name that does not end in `Result`, or make it an alias of `Result`"
)]
pub trait StreamItem: Sized {
    /// What the body of the stream gives in the end.
    type End;

    /// The item that the end is worth, if it is an error.
    fn last(end: Self::End) -> Option<Self>;
}

impl<T, E> StreamItem for Result<T, E> {
    type End = Result<(), E>;

    fn last(end: Self::End) -> Option<Self> {
        end.err().map(Err)
    }
}
