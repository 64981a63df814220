//! The same cases, implemented by everyone.

#[cfg(feature = "peers")]
mod backon;
mod by_hand;
mod by_hand_in_full;
mod steadfast;
#[cfg(feature = "peers")]
mod tokio_retry2;
#[cfg(feature = "peers")]
mod tower;
#[cfg(feature = "peers")]
mod tower_resilience;

use crate::Subject;

/// Everything there is to measure.
#[must_use]
pub fn subjects() -> Vec<Subject> {
    let mut subjects = by_hand::subjects();
    subjects.extend(by_hand_in_full::subjects());
    subjects.extend(steadfast::subjects());
    #[cfg(feature = "peers")]
    subjects.extend(
        [backon::subjects(), tokio_retry2::subjects(), tower::subjects(), tower_resilience::subjects()]
            .into_iter()
            .flatten(),
    );
    subjects
}
