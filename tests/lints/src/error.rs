//! The error of the functions.

use std::{error, fmt};

use steadfast::{PolicyError, Transient};

/// Why a call failed.
#[derive(Debug, Transient)]
#[non_exhaustive]
pub enum Error {
    /// The other side asks for patience.
    #[transient]
    Busy,
    /// It will not work later either.
    Refused {
        /// What was said.
        text: String,
    },
    /// A policy ended the call.
    #[policy]
    Policy(PolicyError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Busy => f.write_str("busy"),
            Self::Refused { ref text } => f.write_str(text),
            Self::Policy(ref policy) => policy.fmt(f),
        }
    }
}

impl error::Error for Error {}
