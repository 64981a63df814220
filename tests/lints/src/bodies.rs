//! Functions of every shape that lints look at.

use std::convert::Infallible;
use std::fmt::Display;
use std::future::{pending, ready};
use std::pin::Pin;
use std::time::Duration;

use steadfast::{bounded, retry, timeout};

use crate::error::Error;

/// Takes and gives a value.
#[bounded(4)]
pub async fn plain(x: u32) -> u32 {
    let y = ready(x).await;
    y.saturating_add(1)
}

/// Gives nothing.
#[bounded(4)]
pub async fn unit(x: &mut Vec<u32>) {
    ready(()).await;
    x.clear();
}

/// Does nothing but wait for its turn.
#[bounded(4)]
pub async fn nothing() {
    ready(()).await;
}

/// A body of one expression.
///
/// # Errors
///
/// If each attempt failed.
#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any, attempts = 3)]
#[bounded(4)]
#[rustfmt::skip]
pub async fn one_line(x: u32) -> Result<u32, Error> { ready(Ok(x)).await }

/// Has no value at all.
#[bounded(1)]
pub async fn forever() -> ! {
    loop {
        pending::<()>().await;
    }
}

/// Its body diverges.
#[bounded(1)]
pub async fn diverging() -> u32 {
    match pending::<Infallible>().await {}
}

/// May fail.
///
/// # Errors
///
/// If the call takes too long.
#[timeout(5s)]
pub async fn fallible(x: u32) -> Result<u32, Error> {
    let y = ready(x).await;
    Ok(y)
}

/// Gives a value when it takes too long.
#[timeout(5s, on_elapsed = 0)]
pub async fn value_on_elapsed(x: u32) -> u32 {
    ready(x).await
}

/// Consumes and changes what it gets.
///
/// # Errors
///
/// If each attempt failed.
#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any, attempts = 3)]
#[bounded(4)]
pub async fn composed(
    mut list: Vec<u32>,
    text: String,
    shared: &str,
    other: Vec<u32>,
) -> Result<Vec<u32>, Error> {
    list.push(1);
    let length = ready(shared.len()).await;
    if text.is_empty() && other.len() == length {
        return Err(Error::Refused { text });
    }
    Ok(list)
}

/// With each argument that expands to code of its own.
///
/// # Errors
///
/// If each attempt failed.
#[timeout(attempt = limit, total = 10s, inherit = false)]
#[retry(
    on(Error::Busy | Error::Policy(_)),
    abort = |error| matches!(*error, Error::Refused { .. }),
    attempts = tries,
    within = 60s,
    backoff = exp(10ms, factor = 3, cap = 1s),
    jitter = equal,
    retry_after = hint,
    retry_after_max = 1s,
    retry_if_ok = |value| *value == 0,
    budget = "lints",
    idempotent,
    nested = allow,
    on_retry = |_| {}
)]
#[bounded(places, queue = 10, max_wait = 1s, map_err = Error::Policy)]
pub async fn everything(limit: Duration, tries: u32, places: usize) -> Result<u32, Error> {
    ready(Ok(1)).await
}

/// What the other side says.
const fn hint(_: &Error) -> Option<Duration> {
    None
}

/// Waits in a queue, one for each key.
///
/// # Errors
///
/// If the queue is full.
#[bounded(2, key = id, queue = 3, max_wait = 100ms, max_keys = 10, idle = 1s)]
pub async fn queued(id: u64) -> Result<u64, Error> {
    ready(Ok(id)).await
}

/// Takes its arguments apart.
///
/// # Errors
///
/// If each attempt failed.
#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(4)]
pub async fn patterns(
    (mut a, b): (Vec<u32>, String),
    [c, _]: [u32; 2],
    _: u8,
    _unused: &str,
) -> Result<Vec<u32>, Error> {
    ready(()).await;
    a.push(c);
    if b.is_empty() { Err(Error::Busy) } else { Ok(a) }
}

/// Leaves early, and has a label.
///
/// # Errors
///
/// If each attempt failed.
#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(4)]
pub async fn early(x: Option<u32>) -> Result<u32, Error> {
    let Some(y) = x else { return Err(Error::Busy) };
    let z = 'found: {
        if y == 0 {
            break 'found 1;
        }
        ready(y).await
    };
    Ok(z)
}

/// Generic, and opaque in and out.
///
/// # Errors
///
/// If each attempt failed.
#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(4)]
pub async fn impls<T: Display + Clone, const N: usize>(
    x: T,
    y: impl Into<String> + Clone,
) -> Result<impl Display, Error> {
    let text: String = y.into();
    ready(()).await;
    Ok(format!("{x}{text}{N}"))
}

/// Returns its future itself.
#[must_use]
#[timeout(attempt = 1s, total = 10s)]
#[retry(on = any)]
#[bounded(4)]
pub fn boxed(text: String) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send>> {
    Box::pin(async move {
        ready(()).await;
        Ok(text)
    })
}

/// On this thread.
///
/// # Errors
///
/// If each attempt failed.
#[retry(on = any, attempts = 3)]
pub fn absorbed(mut list: Vec<u32>, text: &str) -> Result<Vec<u32>, Error> {
    list.push(u32::from(text.is_empty()));
    Ok(list)
}

/// By the transience of its error.
///
/// # Errors
///
/// If each attempt failed.
#[retry]
pub async fn requires_await(x: u32) -> Result<u32, Error> {
    ready(Ok(x)).await
}

/// The policies on a part of a function.
///
/// # Errors
///
/// If each attempt failed.
pub async fn part(x: u32) -> Result<u32, Error> {
    let y = steadfast::apply!(retry(on = any), timeout(attempt = 1s, total = 10s); fallible(x)).await?;
    let z = steadfast::apply!(timeout(total = 1s); async { ready(Ok::<_, Error>(y)).await }).await?;
    Ok(z)
}
