//! Handles that nobody binds, and where the errors of their tasks go.

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use tokio::task::coop;

use super::{Failure, TaskError};
use crate::scope::handle::TaskHandle;
use crate::scope::slab::{Convert, Label};
use crate::scope::stop;
use crate::sync::yield_now;

/// A handle that nobody binds.
#[must_use]
pub fn discarded<T>(handle: TaskHandle<T>) -> Discarded<T> {
    Discarded(handle)
}

/// What becomes of the task depends on what it returns: a `Result` has methods of its own, everything else those of
/// [`NoError`], which is found by dereferencing.
#[derive(Debug)]
pub struct Discarded<T>(TaskHandle<T>);

impl<T: 'static, E: 'static> Discarded<Result<T, E>> {
    /// An error of the task ends the call.
    #[track_caller]
    #[allow(clippy::missing_panics_doc, reason = "the output is the task's own")]
    pub fn or_fail<M: Accepts<E>>(self, _accepts: M) {
        settle(self.0, Label::here(), |output: &mut dyn Any| {
            let output = output.downcast_mut::<Option<Result<T, E>>>().expect("the task's own output").take();
            Some(Box::new(M::accept(output?.err()?)))
        });
    }

    /// An error of the task is logged.
    #[track_caller]
    #[allow(clippy::missing_panics_doc, reason = "the output is the task's own")]
    pub fn or_log(self) {
        settle(self.0, Label::here(), |output: &mut dyn Any| {
            let output = output.downcast_mut::<Option<Result<T, E>>>().expect("the task's own output").take();
            if let Some(Err(error)) = output {
                stop::log_lost(&error);
            }
            None
        });
    }
}

impl<T> Discarded<T> {
    /// The task is waited for, and never has a value.
    pub fn never_returns(self) {}
}

impl<T> Deref for Discarded<T> {
    type Target = NoError;

    fn deref(&self) -> &NoError {
        &NoError
    }
}

/// What cannot fail, or has no place for an error.
#[derive(Clone, Copy, Debug)]
pub struct NoError;

impl NoError {
    /// A task that returns no `Result` cannot end the call with an error.
    pub fn or_fail<M>(&self, _accepts: M) {}

    /// Nor has it anything to log.
    pub fn or_log(&self) {}

    /// A function that returns no `Result` has no error.
    #[must_use]
    pub const fn error(&self) -> Self {
        Self
    }

    /// Nor can it return one.
    #[must_use]
    pub fn failed<R>(&self) -> fn(&R) -> bool {
        |_| false
    }

    /// It never comes to this.
    ///
    /// # Panics
    /// Always.
    #[allow(clippy::needless_pass_by_value, reason = "the same call as where there is an error")]
    pub fn end<R>(&self, failure: Failure) -> R {
        unreachable!("no task could fail in the name of a function that returns no `Result`: {failure:?}")
    }
}

/// The task has an end to come, or it is looked at now.
fn settle<T: 'static>(handle: TaskHandle<T>, label: Label, convert: Convert) {
    let (Some(core), place, mut join) = handle.into_parts() else { return };
    if core.discard(place, convert) {
        return;
    }
    // It has returned, and another thread is about to put its value down.
    while !join.is_finished() {
        yield_now();
    }
    let mut join = coop::unconstrained(&mut join);
    match Pin::new(&mut join).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(mut output)) => {
            if let Some(error) = convert(&mut output) {
                core.late_error(label, place.index, error);
            }
        }
        Poll::Ready(Err(_)) | Poll::Pending => core.handle_dropped(place),
    }
}

/// A function's return type.
#[derive(Debug)]
pub struct Returned<R>(PhantomData<fn() -> R>);

/// The error type of a function.
#[derive(Debug)]
pub struct FailWith<E>(PhantomData<fn() -> E>);

impl<R> Returned<R> {
    /// Of a function that returns `R`.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<R> Default for Returned<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, E: 'static> Returned<Result<T, E>> {
    /// What an error of a task has to become.
    #[must_use]
    pub const fn error(self) -> FailWith<E> {
        FailWith(PhantomData)
    }

    /// Whether the body has returned an error, which ends the tasks. What is hidden in the success does not matter.
    #[must_use]
    pub fn failed<V>(self) -> fn(&Result<V, E>) -> bool {
        Result::is_err
    }

    /// The failure as the function's error.
    ///
    /// # Panics
    /// If the time was up, which the caller has looked at.
    pub fn end<V>(self, failure: Failure) -> Result<V, E> {
        match failure {
            Failure::Task(TaskError(error)) => match error.downcast() {
                Ok(error) => Err(*error),
                Err(_) => unreachable!("`or_fail` has made it one of the function's errors"),
            },
            Failure::TimedOut(error) => unreachable!("handled by the caller: {error}"),
        }
    }
}

impl<R> Deref for Returned<R> {
    type Target = NoError;

    fn deref(&self) -> &NoError {
        &NoError
    }
}

/// A function whose error a task's error can become.
#[diagnostic::on_unimplemented(
    message = "this task's handle is discarded, and its error `{E}` cannot become the function's own",
    label = "its `{E}` would be lost",
    note = "bind the handle and await it, or return a `Result` whose error type has `From<{E}>` and is `Send + 'static`",
    note = "or say that it may get lost: `#[must_join(on_error = log)]`"
)]
pub trait Accepts<E> {
    /// The function's error type.
    type Error: Send + 'static;

    /// By `From`.
    fn accept(error: E) -> Self::Error;
}

#[diagnostic::do_not_recommend]
impl<E1, E: From<E1> + Send + 'static> Accepts<E1> for FailWith<E> {
    type Error = E;

    #[inline]
    fn accept(error: E1) -> E {
        E::from(error)
    }
}
