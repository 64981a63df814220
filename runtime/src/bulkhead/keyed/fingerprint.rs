//! What is kept of a key.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState};

/// 128 bits that stand for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(u128);

/// Makes fingerprints that nobody outside of the process can foresee.
///
/// Two hashes of 64 bits (`SipHash`) under one random secret, told apart by their first word. Two `RandomState`s would
/// not be independent of each other: those of one thread differ by one in half of their secret.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    secret: RandomState,
}

impl Fingerprints {
    pub(super) fn of<K: Hash + ?Sized>(&self, key: &K) -> Fingerprint {
        let half = |domain: u64| {
            let mut hasher = self.secret.build_hasher();
            hasher.write_u64(domain);
            key.hash(&mut hasher);
            u128::from(hasher.finish())
        };
        Fingerprint(half(0) << 64 | half(1))
    }
}

/// A map by fingerprint. They are uniform already, so half of one is its own hash.
pub(super) type ByFingerprint<V> = HashMap<Fingerprint, V, BuildHasherDefault<LowHalf>>;

#[derive(Debug, Default)]
pub(super) struct LowHalf(u64);

impl Hasher for LowHalf {
    #[allow(clippy::cast_possible_truncation)] // Half of it is what is wanted.
    fn write_u128(&mut self, fingerprint: u128) {
        self.0 = fingerprint as u64;
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("a fingerprint is hashed as one u128");
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_have_equal_fingerprints_and_borrowing_changes_nothing() {
        let fingerprints = Fingerprints::default();
        let owned = String::from("alice");
        assert_eq!(fingerprints.of(&owned), fingerprints.of("alice"));
        assert_eq!(fingerprints.of(&(owned.as_str(), 7)), fingerprints.of(&("alice", 7)));
    }

    #[test]
    fn different_keys_have_different_fingerprints_in_both_halves() {
        let fingerprints = Fingerprints::default();
        let mut halves: Vec<u64> = (0..10_000_u32)
            .flat_map(|key| {
                let Fingerprint(bits) = fingerprints.of(&key);
                [bits, bits >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap())
            })
            .collect();
        halves.sort_unstable();
        halves.dedup();
        assert_eq!(halves.len(), 20_000);
    }

    #[test]
    fn two_bulkheads_do_not_agree_on_fingerprints() {
        assert_ne!(Fingerprints::default().of("alice"), Fingerprints::default().of("alice"));
    }

    #[test]
    fn the_map_finds_what_it_was_given() {
        let fingerprints = Fingerprints::default();
        let map: ByFingerprint<u32> = (0..1_000).map(|key| (fingerprints.of(&key), key)).collect();
        assert!((0..1_000_u32).all(|key| map[&fingerprints.of(&key)] == key));
    }
}
