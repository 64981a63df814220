//! The names of the marks. Callers in other crates, and of other versions of these macros, look for the same.

/// The number of a function's name, by which its mark is told from others in scope: FNV-1a with 64 bits.
pub(crate) fn number(name: &str) -> u64 {
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The method that marks the one called `name`.
pub(crate) fn method(name: &str) -> String {
    format!("__blocking_query_{name}")
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn the_numbers_are_those_of_fnv_1a() {
        // From the test vectors of its authors, draft-eastlake-fnv.
        assert_eq!(number(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(number("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(number("foobar"), 0x8594_4171_f739_67e8);
    }
}
