//! Task-locals that children start with: only those that were registered for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::task::LocalKey;

static ANY: AtomicBool = AtomicBool::new(false);
static REGISTERED: RwLock<Vec<Arc<dyn Inherited>>> = RwLock::new(Vec::new());

/// Lets the children of every scope start with the value that this task-local has where they are spawned.
///
/// Without it a child starts with no task-locals at all, and that is on purpose: a transaction or a session that follows
/// its task into others by itself is used from two places at once. What identifies a request is worth registering. The
/// value is cloned for every poll of a child that has it, so put an [`Arc`] around what is expensive to clone.
///
/// Registering the same key again changes nothing. It holds for children that are spawned afterwards. A deadline and the
/// `tracing` span are inherited without being registered.
///
/// # Examples
/// ```
/// use steadfast::scope;
///
/// tokio::task_local! {
///     static REQUEST: u64;
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// scope::inherit(&REQUEST);
/// let seen = REQUEST.scope(7, scope(async |s| {
///     let child = s.spawn(async { Ok::<_, std::convert::Infallible>(REQUEST.get()) });
///     Ok(child.await.unwrap().unwrap())
/// }));
/// assert_eq!(seen.await.unwrap(), 7);
/// # }
/// ```
pub fn inherit<T: Clone + Send + Sync + 'static>(key: &'static LocalKey<T>) {
    let mut registered = REGISTERED.write().unwrap_or_else(PoisonError::into_inner);
    let address = std::ptr::from_ref(key) as usize;
    if registered.iter().all(|other| other.address() != address) {
        registered.push(Arc::new(Key(key)));
    }
    ANY.store(true, Ordering::Release);
}

struct Key<T: 'static>(&'static LocalKey<T>);

struct Value<T: 'static> {
    key: &'static LocalKey<T>,
    value: T,
}

trait Inherited: Send + Sync {
    fn address(&self) -> usize;
    fn capture(&self) -> Option<Box<dyn Put>>;
}

/// Puts a value in place while something runs.
trait Put: Send + Sync {
    fn put(&self, work: &mut dyn FnMut());
}

impl<T: Clone + Send + Sync + 'static> Inherited for Key<T> {
    fn address(&self) -> usize {
        std::ptr::from_ref(self.0) as usize
    }

    fn capture(&self) -> Option<Box<dyn Put>> {
        let value = self.0.try_with(T::clone).ok()?;
        Some(Box::new(Value { key: self.0, value }))
    }
}

impl<T: Clone + Send + Sync + 'static> Put for Value<T> {
    fn put(&self, work: &mut dyn FnMut()) {
        self.key.sync_scope(self.value.clone(), work);
    }
}

/// The values at the place of a spawn.
pub(crate) struct Captured(Box<[Box<dyn Put>]>);

impl Captured {
    #[inline]
    pub(crate) fn now() -> Option<Self> {
        if ANY.load(Ordering::Acquire) { Self::capture() } else { None }
    }

    #[cold]
    fn capture() -> Option<Self> {
        let registered = REGISTERED.read().unwrap_or_else(PoisonError::into_inner).clone();
        let values: Box<[_]> = registered.iter().filter_map(|key| key.capture()).collect();
        (!values.is_empty()).then_some(Self(values))
    }

    #[cold]
    pub(crate) fn with<R>(&self, work: impl FnOnce() -> R) -> R {
        let (mut work, mut output) = (Some(work), None);
        put_all(&self.0, &mut || output = work.take().map(|work| work()));
        output.expect("put runs it")
    }
}

fn put_all(values: &[Box<dyn Put>], work: &mut dyn FnMut()) {
    match values {
        [] => work(),
        [first, rest @ ..] => first.put(&mut || put_all(rest, work)),
    }
}
