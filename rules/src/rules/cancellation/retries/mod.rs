//! Loops that try again, and do it wrong.

mod last;
mod pause;
mod success;

pub(crate) use last::SLEEP_AFTER_LAST_ATTEMPT;
pub(crate) use pause::RETRY_WITHOUT_PAUSE;
pub(crate) use success::RETRY_NEVER_LEAVES_ON_OK;
