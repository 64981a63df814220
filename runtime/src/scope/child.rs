//! The future that a child runs as.

use std::any::Any;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::core::Core;
use super::inherit::Captured;
use super::place::Ending;
use super::record::Erased;
use super::slab::Convert;
use crate::ambient::Entered;
use crate::tracker::{current, registry};

/// What a child returns, as its scope sees it.
pub(crate) trait Sort<R>: Send + 'static {
    /// Whether a child that nobody awaits has something to do with its value.
    const LOOKS_BACK: bool;

    fn sort(output: R) -> Result<R, Erased>;
}

/// An error is the scope's.
pub(crate) struct Failing<E>(PhantomData<fn(E)>);

impl<T, E: Send + 'static> Sort<Result<T, E>> for Failing<E> {
    const LOOKS_BACK: bool = std::mem::needs_drop::<T>();

    #[inline]
    fn sort(output: Result<T, E>) -> Result<Result<T, E>, Erased> {
        match output {
            Ok(value) => Ok(Ok(value)),
            Err(error) => Err(Box::new(error)),
        }
    }
}

/// It may be anything, and only whoever has the handle knows what.
pub(crate) struct Whatever;

impl<R> Sort<R> for Whatever {
    const LOOKS_BACK: bool = true;

    #[inline]
    fn sort(output: R) -> Result<R, Erased> {
        Ok(output)
    }
}

pin_project! {
    /// A child. Its future is dropped before it counts as ended, wherever it ends, and inside of its scope.
    pub(crate) struct Child<F, S> {
        #[pin]
        future: Option<F>,
        end: End,
        sort: PhantomData<S>,
    }

    impl<F, S> PinnedDrop for Child<F, S> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.future.is_some() {
                this.end.aborted(|| this.future.set(None));
            }
        }
    }
}

/// A child of the blocking pool.
pub(crate) struct BlockingChild<W, S> {
    /// Until it begins.
    work: Option<W>,
    end: End,
    sort: PhantomData<S>,
}

/// The child's place in its scope. Dropped before the child has returned, it was aborted.
pub(crate) struct End {
    /// Taken while the child is polled, and for good when it has ended.
    core: Option<Arc<Core>>,
    key: usize,
    /// Taken where the child ends, so that a finished one has nothing to drop.
    surroundings: ManuallyDrop<Option<Box<Surroundings>>>,
}

/// What most children do without, so that these are small.
struct Surroundings {
    locals: Option<Captured>,
    node: Option<registry::Registered>,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

impl Surroundings {
    #[inline]
    fn of(node: Option<registry::Registered>) -> Option<Box<Self>> {
        let locals = Captured::now();
        #[cfg(feature = "tracing")]
        let span = tracing::Span::current();
        #[cfg(feature = "tracing")]
        let in_span = !span.is_none();
        #[cfg(not(feature = "tracing"))]
        let in_span = false;
        let any = in_span || locals.is_some() || node.is_some();
        any.then(|| {
            Box::new(Self {
                locals,
                node,
                #[cfg(feature = "tracing")]
                span,
            })
        })
    }

    #[cold]
    fn leave(self: Box<Self>) {
        drop(self);
    }

    #[cold]
    fn around<R>(&self, work: impl FnOnce() -> R) -> std::thread::Result<R> {
        #[cfg(feature = "tracing")]
        let _in_span = self.span.enter();
        let _watched = self.node.as_ref().map(registry::Registered::polled);
        catch_unwind(AssertUnwindSafe(|| match &self.locals {
            None => work(),
            Some(locals) => locals.with(work),
        }))
    }
}

impl<F, S> Child<F, S> {
    #[inline]
    pub(crate) fn new(future: F, end: End) -> Self {
        Self { future: Some(future), end, sort: PhantomData }
    }
}

impl End {
    #[inline]
    pub(crate) fn new(core: Arc<Core>, key: usize, node: Option<registry::Registered>) -> Self {
        Self { core: Some(core), key, surroundings: ManuallyDrop::new(Surroundings::of(node)) }
    }

    /// Runs a piece of the child inside of its scope; a panic is caught.
    #[inline]
    fn inside<R>(&mut self, work: impl FnOnce() -> R) -> (Arc<Core>, std::thread::Result<R>) {
        let core = self.core.take().expect("polled after it has ended");
        let ambient = core.ambient;
        let outer = current::replace(Some(core));
        let outcome = {
            let _entered = Entered::new(ambient);
            match &*self.surroundings {
                None => catch_unwind(AssertUnwindSafe(work)),
                Some(surroundings) => surroundings.around(work),
            }
        };
        let core = current::replace(outer).expect("set above");
        (core, outcome)
    }

    /// The child has returned and its future is gone.
    #[inline]
    fn returned<R: 'static, S: Sort<R>>(&mut self, core: &Arc<Core>, output: R) -> Option<R> {
        let key = self.key;
        self.leave_surroundings();
        match S::sort(output) {
            Ok(value) => match core.try_end(key, S::LOOKS_BACK) {
                Ending::Ended => Some(value),
                Ending::Yours(handle) => {
                    give_up(core, key, handle, value);
                    None
                }
            },
            Err(error) => {
                core.child_error(key, error);
                core.end(key);
                None
            }
        }
    }

    #[cold]
    fn panicked(&mut self, core: &Arc<Core>, payload: Box<dyn Any + Send>) -> ! {
        let copy = self.end_in_panic(core, payload);
        resume_unwind(copy)
    }

    /// What is given back is for whoever awaits the child.
    fn end_in_panic(&mut self, core: &Arc<Core>, payload: Box<dyn Any + Send>) -> Box<dyn Any + Send> {
        self.leave_surroundings();
        let copy = core.child_panic(self.key, payload);
        core.end(self.key);
        copy
    }

    /// Before the scope is told of the end.
    #[inline]
    fn leave_surroundings(&mut self) {
        if let Some(surroundings) = self.surroundings.take() {
            surroundings.leave();
        }
    }

    /// The child was aborted, and its future is gone.
    #[cold]
    fn dropped(&mut self, core: &Core) {
        self.leave_surroundings();
        core.child_dropped(self.key);
        core.end(self.key);
    }

    /// Drops a child that has not returned. What panics then is a panic of the child.
    #[cold]
    fn aborted(&mut self, let_go: impl FnOnce()) {
        let unwinding = std::thread::panicking();
        let (core, dropped) = self.inside(let_go);
        match dropped {
            Ok(()) => self.core = Some(core),
            // Another panic is on its way, and two at once would end the process.
            Err(payload) if unwinding => drop(self.end_in_panic(&core, payload)),
            Err(payload) => self.panicked(&core, payload),
        }
    }
}

impl<W, S> BlockingChild<W, S> {
    pub(crate) fn new(work: W, end: End) -> Self {
        Self { work: Some(work), end, sort: PhantomData }
    }

    pub(crate) fn run<R: 'static>(mut self) -> Option<R>
    where
        W: FnOnce() -> R,
        S: Sort<R>,
    {
        let work = self.work.take().expect("it runs once");
        let (core, outcome) = self.end.inside(work);
        match outcome {
            Ok(output) => self.end.returned::<R, S>(&core, output),
            Err(payload) => self.end.panicked(&core, payload),
        }
    }
}

impl<W, S> Drop for BlockingChild<W, S> {
    /// It may be aborted before it begins.
    fn drop(&mut self) {
        if let Some(work) = self.work.take() {
            // Inside of its scope, as a future is.
            self.end.aborted(|| drop(work));
        }
    }
}

/// Nobody awaits the child: its value ends here, before the child does.
#[cold]
fn give_up<R: 'static>(core: &Core, key: usize, convert: Convert, value: R) {
    let mut value = Some(value);
    let ended = catch_unwind(AssertUnwindSafe(|| {
        let error = convert(&mut value);
        drop(value.take());
        error
    }));
    match ended {
        Ok(Some(error)) => core.child_error(key, error),
        Ok(None) => {}
        Err(payload) => drop(core.child_panic(key, payload)),
    }
    core.end(key);
}

impl<F, S> Future for Child<F, S>
where
    F: Future<Output: 'static>,
    S: Sort<F::Output>,
{
    type Output = Option<F::Output>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let mut future = this.future.as_mut();
        let (core, polled) = this.end.inside(|| {
            let polled = future.as_mut().as_pin_mut().expect("polled after it has ended").poll(cx);
            if polled.is_ready() {
                future.set(None);
            }
            polled
        });
        match polled {
            Ok(Poll::Pending) => {
                this.end.core = Some(core);
                Poll::Pending
            }
            Ok(Poll::Ready(output)) => Poll::Ready(this.end.returned::<F::Output, S>(&core, output)),
            Err(payload) => {
                this.end.core = Some(core);
                // What is dropped after a panic may panic again; the first one counts.
                let (core, _) = this.end.inside(|| this.future.set(None));
                this.end.panicked(&core, payload)
            }
        }
    }
}

impl Drop for End {
    #[inline]
    fn drop(&mut self) {
        if let Some(core) = self.core.take() {
            self.dropped(&core);
        }
    }
}
