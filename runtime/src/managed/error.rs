//! What went wrong with a resource: the work, its release, or both.

use std::error::Error;
use std::fmt;
use std::time::Duration;

/// Why a resource was not released as it should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReleaseError<E> {
    /// The release ended with this error.
    Failed(E),
    /// The release took longer than its limit, and was ended.
    TimedOut {
        /// The limit.
        limit: Duration,
    },
    /// The release panicked in the background.
    Panicked,
    /// The release could not run, or not to its end: there was no runtime, or it was shut down meanwhile.
    Interrupted,
}

impl<E: fmt::Display> fmt::Display for ReleaseError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => write!(f, "the release failed: {error}"),
            Self::TimedOut { limit } => write!(f, "the release did not end within {limit:?}"),
            Self::Panicked => f.write_str("the release panicked"),
            Self::Interrupted => f.write_str("the runtime ended before the release did"),
        }
    }
}

impl<E: Error + 'static> Error for ReleaseError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error),
            Self::TimedOut { .. } | Self::Panicked | Self::Interrupted => None,
        }
    }
}

/// What [`Managed::with`](super::Managed::with) ends with if not all went well: the error of the body, that of the release, or
/// both.
///
/// # Examples
/// ```
/// use std::io;
/// use steadfast::Managed;
/// use steadfast::managed::{ManagedError, ReleaseError};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let resource = Managed::new((), async |()| Err(io::Error::other("close")));
/// let failed = resource.with(async |()| Err::<(), _>(io::Error::other("work"))).await.unwrap_err();
///
/// assert_eq!(failed.to_string(), "work; and the release failed: close");
/// let ManagedError::Both { body, release: ReleaseError::Failed(release) } = failed else { panic!() };
/// assert_eq!((body.to_string().as_str(), release.to_string().as_str()), ("work", "close"));
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManagedError<B, E> {
    /// The body failed, and the resource was released.
    Body(B),
    /// The body succeeded, and the release did not.
    Release(ReleaseError<E>),
    /// Neither did.
    Both {
        /// The error of the body, which was first.
        body: B,
        /// The error of the release.
        release: ReleaseError<E>,
    },
}

impl<B, E> ManagedError<B, E> {
    /// The error of the body, if it failed.
    pub fn body(&self) -> Option<&B> {
        match self {
            Self::Body(body) | Self::Both { body, .. } => Some(body),
            Self::Release(_) => None,
        }
    }

    /// The error of the release, if it failed.
    pub fn release(&self) -> Option<&ReleaseError<E>> {
        match self {
            Self::Release(release) | Self::Both { release, .. } => Some(release),
            Self::Body(_) => None,
        }
    }
}

impl<B: fmt::Display, E: fmt::Display> fmt::Display for ManagedError<B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(body) => body.fmt(f),
            Self::Release(release) => release.fmt(f),
            Self::Both { body, release } => write!(f, "{body}; and {release}"),
        }
    }
}

impl<B: Error + 'static, E: Error + 'static> Error for ManagedError<B, E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Body(body) | Self::Both { body, .. } => body.source(),
            Self::Release(release) => release.source(),
        }
    }
}
