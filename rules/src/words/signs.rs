//! Signs: what rules wait for beside words.
//!
//! A sign is seen in tokens, before anything is parsed, wherever a rule that waits for it can report something, and in
//! some other places. In a text, the words that belong to it stand for it.

/// The value of a `let` has a call in it that nobody awaits and whose name says nothing, and a suspension follows.
pub(crate) const UNFAMILIAR_LET: &str = "let guard = unfamiliar(); .await";
/// A variable with the value of a call that nobody awaits, or of an `async` block, is not mentioned again.
pub(crate) const UNUSED_LET: &str = "let unused = call();";
/// `let _ = value` or `_ = value`.
pub(crate) const IGNORED: &str = "_ =";
/// A statement that ends in a call of something that returns a future, as far as the name tells.
pub(crate) const DROPPED_FUTURE: &str = "future();";
/// A loop looks whether something went well.
pub(crate) const OUTCOME_IN_LOOP: &str = "loop { Ok }";
/// `vec![value; count]`
pub(crate) const REPEATED: &str = "vec![;]";
/// A loop over `.iter()` or `.iter_mut()` waits, or one behind a `let` that holds such an iterator.
pub(crate) const WAITING_ITERATION: &str = "for x in y.iter() { .await }";

/// All words of these lists, in one.
///
/// # Panics
/// At compile time, if they are not `N`.
pub(crate) const fn joined<const N: usize>(lists: &[&[&'static str]]) -> [&'static str; N] {
    let mut words = [""; N];
    let (mut list, mut at) = (0, 0);
    while list < lists.len() {
        let mut word = 0;
        while word < lists[list].len() {
            words[at] = lists[list][word];
            (at, word) = (at + 1, word + 1);
        }
        list += 1;
    }
    assert!(at == N, "there are more words than there is room for, or fewer");
    words
}

/// Words without which no coroutine is suspended.
pub(crate) const SUSPENSIONS: [&str; 6] = ["await", "yield", "join", "try_join", "select", "select_biased"];

/// Words of which one stands wherever something is a future for certain, or may be one in a coroutine.
const FUTURES: [&str; 5] = ["async", "stream", "try_stream", "tokio", "tokio_util"];

/// The signs, each with the words of which one stands in the text wherever it is seen in the tokens.
pub(super) const SIGNS: [(&str, &[&str]); 7] = [
    (UNFAMILIAR_LET, &SUSPENSIONS),
    (UNUSED_LET, &FUTURES),
    (IGNORED, &["_"]),
    (DROPPED_FUTURE, &FUTURES),
    (OUTCOME_IN_LOOP, &["Ok", "Err", "is_ok", "is_err"]),
    (REPEATED, &["vec"]),
    (WAITING_ITERATION, &["iter", "iter_mut"]),
];
