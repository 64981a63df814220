//! What befalls a request that the server accepts, drawn from the seed.

use std::time::Duration;

/// What the server does with an accepted request, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fate {
    pub(crate) after: Duration,
    pub(crate) end: End,
}

/// How an accepted request ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// 200 with the page.
    Page,
    /// 503 Service Unavailable.
    Unavailable,
    /// The connection is closed without an answer.
    Dropped,
}

/// The fate of the `nth` accepted request (from 0) for `page`: the same for the same three numbers, whatever else
/// happens at the time and in whatever order the requests arrive.
///
/// The index is always served, and quickly: a crawl that loses its first page would have nothing to show.
pub(crate) fn of(seed: u64, page: u32, nth: u32) -> Fate {
    let mut rng = fastrand::Rng::with_seed(mix(mix(seed) ^ (u64::from(page) << 32 | u64::from(nth))));
    if page == 0 {
        return Fate { after: millis(&mut rng, 20..40), end: End::Page };
    }
    match rng.u32(0..100) {
        0..6 => Fate { after: millis(&mut rng, 10..80), end: End::Unavailable },
        6..9 => Fate { after: millis(&mut rng, 10..120), end: End::Dropped },
        9..13 => Fate { after: millis(&mut rng, 1_500..2_500), end: End::Page },
        13..25 => Fate { after: millis(&mut rng, 110..360), end: End::Page },
        _ => Fate { after: millis(&mut rng, 30..110), end: End::Page },
    }
}

fn millis(rng: &mut fastrand::Rng, range: std::ops::Range<u64>) -> Duration {
    Duration::from_millis(rng.u64(range))
}

/// The finalizer of `SplitMix64` (Steele, Lea and Flood, 2014): neighbouring inputs give unrelated outputs.
const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_request_has_the_same_fate() {
        for page in 0..50 {
            assert_eq!(of(7, page, 1), of(7, page, 1));
        }
    }

    #[test]
    fn another_seed_page_or_attempt_has_another_fate() {
        let differing =
            |other: fn(u32) -> Fate| (1..=100).filter(|page| of(7, *page, 0) != other(*page)).count();
        assert!(differing(|page| of(8, page, 0)) > 90);
        assert!(differing(|page| of(7, page, 1)) > 90);
        assert!(differing(|page| of(7, page + 1, 0)) > 90);
    }

    #[test]
    fn every_kind_of_fate_occurs() {
        let fates: Vec<Fate> = (1..=1_000).map(|page| of(7, page, 0)).collect();
        let share = |wanted: fn(&Fate) -> bool| fates.iter().filter(|fate| wanted(fate)).count();
        assert!((30..=100).contains(&share(|fate| fate.end == End::Unavailable)));
        assert!((10..=60).contains(&share(|fate| fate.end == End::Dropped)));
        assert!((15..=80).contains(&share(|fate| fate.after > Duration::from_secs(1))));
    }

    #[test]
    fn the_index_is_always_served() {
        assert!((0..100).all(|seed| of(seed, 0, 0).end == End::Page));
    }
}
