//! Functions whose futures must not be dropped half-way.

use std::future::{Future, ready};
use std::pin::Pin;

use steadfast::cancel_unsafe;

/// Takes something and puts it elsewhere.
#[cancel_unsafe]
pub async fn transfer(order: &str) -> usize {
    ready(order.len()).await
}

/// Whatever its type.
#[cancel_unsafe]
pub async fn post<T: AsRef<str> + Send>(entry: T) -> usize {
    ready(entry.as_ref().len()).await
}

/// No `async fn`.
#[cancel_unsafe]
pub fn settle(order: &str) -> impl Future<Output = usize> + Send + use<> {
    let length = order.len();
    async move { length }
}

/// Has a keyword for its name.
#[cancel_unsafe]
#[must_use]
pub fn r#move(order: String) -> Pin<Box<dyn Future<Output = usize> + Send>> {
    Box::pin(async move { order.len() })
}

/// Can fail.
///
/// # Errors
/// For an order without a name.
#[cancel_unsafe]
pub async fn store(order: &str) -> std::io::Result<usize> {
    let length = ready(order.len()).await;
    if length == 0 { Err(std::io::Error::other("no name")) } else { Ok(length) }
}

/// Loses nothing.
pub async fn peek(order: &str) -> usize {
    ready(order.len()).await
}

/// A file that is only added to.
#[derive(Debug, Default)]
pub struct Journal {
    lines: Vec<String>,
}

impl Journal {
    /// Opens it.
    #[cancel_unsafe]
    pub async fn open() -> Self {
        ready(Self::default()).await
    }

    /// Adds a line.
    #[cancel_unsafe]
    pub async fn append(&mut self, line: &str) -> usize {
        self.lines.push(line.to_owned());
        ready(self.lines.len()).await
    }

    /// Writes everything out.
    #[cancel_unsafe]
    pub fn sync(&self) -> impl Future<Output = usize> + Send + '_ {
        ready(self.lines.len())
    }

    /// Loses nothing.
    pub async fn len(&self) -> usize {
        ready(self.lines.len()).await
    }

    /// Loses nothing.
    pub async fn is_empty(&self) -> bool {
        self.len().await == 0
    }
}
