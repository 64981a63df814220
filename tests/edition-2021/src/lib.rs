//! Rows 64 and 100: the policies in a crate of edition 2021, where the body of an `unsafe fn` is unsafe code and the
//! temporaries of a tail expression live longer than the locals.
#![cfg(test)]

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Mutex;

use steadfast::PolicyError;

#[derive(Debug)]
enum Error {
    NotYet,
    Policy(PolicyError),
}

impl From<PolicyError> for Error {
    fn from(error: PolicyError) -> Self {
        Error::Policy(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotYet => f.write_str("not yet"),
            Error::Policy(error) => error.fmt(f),
        }
    }
}

/// Fails the first time.
async fn attempt(tries: &AtomicU32) -> Result<(), Error> {
    tokio::task::yield_now().await;
    if tries.fetch_add(1, Ordering::Relaxed) == 0 {
        Err(Error::NotYet)
    } else {
        Ok(())
    }
}

#[derive(Clone)]
struct Order {
    lines: Vec<u32>,
    note: String,
}

impl Order {
    #[steadfast::timeout(attempt = 1s, total = 10s)]
    #[steadfast::retry(on = any)]
    #[steadfast::bounded(4)]
    async fn placed(mut self, tries: &AtomicU32) -> Result<(Vec<u32>, String), Error> {
        self.lines.push(1);
        attempt(tries).await?;
        let note = self.note;
        Ok((self.lines, note))
    }
}

#[steadfast::bounded(4)]
async fn bounded(order: Order) -> usize {
    tokio::task::yield_now().await;
    let closure = || order.lines.len();
    closure() + order.note.len()
}

#[steadfast::timeout(1s)]
async fn timeout(order: Order) -> Result<usize, Error> {
    tokio::task::yield_now().await;
    let note = order.note;
    let closure = || note.len();
    Ok(closure())
}

#[steadfast::retry(on = any)]
async fn retry((mut list, text): (Vec<u32>, String), tries: &AtomicU32) -> Result<(Vec<u32>, String), Error> {
    list.push(1);
    let taken = text;
    attempt(tries).await?;
    Ok((list, taken))
}

// The temporaries of the tail live longer than the locals in this edition, so a local has to be looked at before.
#[steadfast::timeout(attempt = 1s, total = 10s)]
#[steadfast::retry(on = any)]
#[steadfast::bounded(4)]
async fn tail(
    cell: RefCell<Option<u32>>,
    lock: &Mutex<Option<u32>>,
    tries: &AtomicU32,
) -> Result<u32, Error> {
    attempt(tries).await?;
    let here = *cell.borrow();
    lock.lock().unwrap().or(here).ok_or(Error::NotYet)
}

#[steadfast::timeout(attempt = 1s, total = 10s)]
#[steadfast::retry(on = any)]
#[steadfast::bounded(4)]
fn boxed<'a>(
    tries: &'a AtomicU32,
    text: String,
) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send + 'a>> {
    Box::pin(async move {
        let taken = text;
        attempt(tries).await?;
        Ok(taken)
    })
}

#[steadfast::timeout(attempt = 1s, total = 10s)]
#[steadfast::retry(on = any)]
#[steadfast::bounded(4)]
async fn dynamic(x: &dyn fmt::Display, tries: &AtomicU32) -> Result<Box<dyn Fn() -> String>, Error> {
    attempt(tries).await?;
    let text = x.to_string();
    Ok(Box::new(move || text.clone()))
}

// No keyword yet.
#[steadfast::retry(on = any)]
async fn old_names(gen: Vec<u32>, tries: &AtomicU32) -> Result<usize, Error> {
    let moved = gen;
    attempt(tries).await?;
    Ok(moved.len())
}

#[steadfast::retry(on = any)]
fn blocking(mut list: Vec<u32>, tries: &AtomicU32) -> Result<Vec<u32>, Error> {
    list.push(1);
    if tries.fetch_add(1, Ordering::Relaxed) == 0 {
        return Err(Error::NotYet);
    }
    Ok(list)
}

/// # Safety
///
/// None is needed.
unsafe fn one() -> u32 {
    1
}

#[steadfast::timeout(attempt = 1s, total = 10s)]
#[steadfast::retry(on = any)]
#[steadfast::bounded(4)]
async unsafe fn unsafe_call(tries: &AtomicU32) -> Result<u32, Error> {
    let before = one();
    attempt(tries).await?;
    Ok(before + one())
}

#[steadfast::bounded(4)]
async unsafe fn unsafe_bounded() -> u32 {
    tokio::task::yield_now().await;
    one()
}

#[steadfast::timeout(1s)]
async unsafe fn unsafe_timeout() -> Result<u32, Error> {
    tokio::task::yield_now().await;
    Ok(one())
}

#[steadfast::retry(on = any)]
async unsafe fn unsafe_retry(mut list: Vec<u32>, tries: &AtomicU32) -> Result<Vec<u32>, Error> {
    list.push(one());
    attempt(tries).await?;
    Ok(list)
}

#[steadfast::retry(on = any)]
unsafe fn unsafe_blocking(tries: &AtomicU32) -> Result<u32, Error> {
    if tries.fetch_add(1, Ordering::Relaxed) == 0 {
        Err(Error::NotYet)
    } else {
        Ok(one())
    }
}

fn order() -> Order {
    Order { lines: vec![0], note: "n".to_owned() }
}

#[tokio::test(start_paused = true)]
async fn behaves() {
    let tries = || AtomicU32::new(0);
    assert_eq!(order().placed(&tries()).await.unwrap(), (vec![0, 1], "n".to_owned()));
    assert_eq!(bounded(order()).await, 2);
    assert_eq!(timeout(order()).await.unwrap(), 1);
    assert_eq!(retry((vec![0], "x".to_owned()), &tries()).await.unwrap(), (vec![0, 1], "x".to_owned()));
    let lock = Mutex::new(Some(1));
    assert_eq!(tail(RefCell::new(Some(2)), &lock, &tries()).await.unwrap(), 1);
    assert_eq!(boxed(&tries(), "x".to_owned()).await.unwrap(), "x");
    assert_eq!(dynamic(&1, &tries()).await.unwrap()(), "1");
    assert_eq!(old_names(vec![1], &tries()).await.unwrap(), 1);
    assert_eq!(blocking(vec![0], &tries()).unwrap(), [0, 1]);
}

#[tokio::test(start_paused = true)]
async fn unsafe_functions_keep_their_context() {
    let tries = || AtomicU32::new(0);
    // SAFETY: there is nothing to keep to.
    unsafe {
        assert_eq!(unsafe_call(&tries()).await.unwrap(), 2);
        assert_eq!(unsafe_bounded().await, 1);
        assert_eq!(unsafe_timeout().await.unwrap(), 1);
        assert_eq!(unsafe_retry(vec![0], &tries()).await.unwrap(), [0, 1]);
        assert_eq!(unsafe_blocking(&tries()).unwrap(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_as_an_expression() {
    let tries = AtomicU32::new(0);
    let text = "x".to_owned();
    let joined = steadfast::apply!(retry(on = any), timeout(attempt = 1s, total = 10s); async {
        attempt(&tries).await?;
        Ok::<_, Error>(text.clone() + "y")
    })
    .await;
    assert_eq!(joined.unwrap(), "xy");
}

struct Rows(Vec<String>);

impl Rows {
    /// Without a name for either lifetime: here `impl Stream` would not capture them.
    #[steadfast::stream]
    async fn matching(&self, part: &str) -> String {
        for row in &self.0 {
            if row.contains(part) {
                yield_!(row.clone());
            }
        }
    }

    #[steadfast::offload]
    fn total(self) -> usize {
        self.0.iter().map(String::len).sum()
    }
}

#[steadfast::blocking]
fn blocks() -> u8 {
    1
}

#[tokio::test]
async fn streams_and_bridges() {
    let rows = Rows(vec!["one".to_owned(), "two".to_owned()]);
    let part = "w".to_owned();
    let mut found = Box::pin(rows.matching(&part));
    let first = std::future::poll_fn(|cx| steadfast::Stream::poll_next(found.as_mut(), cx)).await;
    assert_eq!(first.as_deref(), Some("two"));
    drop(found);
    assert_eq!((rows.total().await, blocks()), (6, 1));
}

mod files {
    #[steadfast::blocking]
    pub(super) fn load() -> u8 {
        1
    }

    #[steadfast::cancel_unsafe]
    pub(super) async fn save() -> u8 {
        2
    }
}

use files::load as fetch;

macro_rules! functions {
    ($($name:ident)*) => {$(
        #[steadfast::blocking]
        fn $name<T>(of: T) -> T {
            of
        }
    )*};
}
functions!(kept r#type);

#[steadfast::checked(__ask_everything)]
async fn calls_marked() -> u8 {
    use self::files::load;
    load() + fetch() + files::load() + kept(1) + self::r#type(crate::files::load()) + files::save().await
}

#[tokio::test]
async fn marks() {
    assert_eq!(calls_marked().await, 7);
}
