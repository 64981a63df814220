//! The known name that a misspelt one was meant to be.

/// The nearest of `known`, if it is near enough that a person would have meant it: a third of the letters may differ.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (written.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (distance(written, name), name))
        .filter(|(distance, name)| *distance <= most || related(written, name))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Whether one letter is too much, missing or wrong, or two have changed places.
pub fn is_slip(written: &str, name: &str) -> bool {
    distance(written, name) <= 1
}

/// One is the beginning of the other, as in `jit` for `jitter` or `max_attempts` for `attempts`.
fn related(written: &str, name: &str) -> bool {
    written.len() >= 3
        && name.len() >= 3
        && (name.starts_with(written)
            || written.ends_with(&format!("_{name}"))
            || written.starts_with(&format!("{name}_")))
}

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours (Damerau 1964).
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 5] = ["attempts", "retries", "within", "backoff", "jitter"];

    #[test]
    fn offers_what_was_meant() {
        assert_eq!(nearest("atempts", KNOWN), Some("attempts"));
        assert_eq!(nearest("attemtps", KNOWN), Some("attempts"));
        assert_eq!(nearest("max_attempts", KNOWN), Some("attempts"));
        assert_eq!(nearest("jit", KNOWN), Some("jitter"));
        assert_eq!(nearest("retrys", KNOWN), Some("retries"));
    }

    #[test]
    fn offers_nothing_for_something_else() {
        assert_eq!(nearest("colour", KNOWN), None);
        assert_eq!(nearest("x", KNOWN), None);
    }
}
