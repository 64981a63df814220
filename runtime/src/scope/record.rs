//! What went wrong, before anybody has asked for it.

use std::any::Any;
use std::borrow::Cow;
use std::time::Duration;

use super::failure;
use super::reason::{CancelReason, CancelSource};
use super::slab::Label;

/// An error whose type only the typed side of a scope knows.
pub(crate) type Erased = Box<dyn Any + Send>;

/// One failure, without the type of its error.
pub(crate) struct Record {
    pub(crate) label: Option<Label>,
    pub(crate) index: Option<usize>,
    pub(crate) what: What,
    /// Somebody has a handle and may look at it.
    pub(crate) held: bool,
}

pub(crate) enum What {
    Error(Erased),
    Panic(Box<dyn Any + Send>),
    Abandoned(Duration),
}

impl Record {
    pub(super) fn reason(&self) -> CancelReason {
        let (source, cause) = match &self.what {
            What::Error(_) if self.index.is_none() => {
                (CancelSource::Body, "the body returned an error".into())
            }
            What::Error(_) => (CancelSource::Error, "a task returned an error".into()),
            What::Panic(payload) => {
                let who = if self.index.is_none() { "the body" } else { "a task" };
                (CancelSource::Panic, Cow::Owned(format!("{who} panicked: {}", failure::message(&**payload))))
            }
            What::Abandoned(_) => (CancelSource::Requested, "left behind".into()),
        };
        match &self.label {
            Some(label) => CancelReason::of_task(source, label.clone(), cause),
            None => CancelReason::new(source, cause),
        }
    }
}
