//! A policy's future is as large as the one written by hand and what the policy itself keeps.

use steadfast_benches::{Case, Policy, Side, sides};

/// What the policy may keep beyond what is written by hand, in bytes.
const fn own_state(policy: Policy) -> usize {
    /// The observer's box, the function, and a copy of the argument in the block around the body.
    const CALL: usize = 24;
    /// The deadline and the limit, 16 each, whose they are, and whether they are handed down.
    const TIMEOUT: usize = 48;
    /// The 80 of the attempt and what the next one depends on, the mark on it, and the token that a pause may give back.
    const RETRY: usize = 96;
    /// The permit, the function and the bulkhead, the observer's box, and whether it stands aside; with tokio's `test-util`,
    /// which the workspace's tests turn on, 16 of this are the larger timer of a caller who comes too late.
    const BOUNDED: usize = 56;
    match policy {
        Policy::Nothing => 0,
        Policy::Bounded => CALL + BOUNDED,
        Policy::Timeout => CALL + TIMEOUT,
        Policy::Retry | Policy::RetryWithoutBudget => CALL + RETRY,
        Policy::All => CALL + RETRY + TIMEOUT + BOUNDED,
        Policy::AllInTotal => CALL + RETRY + 2 * TIMEOUT + BOUNDED,
    }
}

#[test]
fn a_future_is_no_larger_than_by_hand_and_the_policys_own_state() {
    let subjects = sides::subjects();
    let size = |side, case| {
        let subject = subjects.iter().find(|subject| subject.side == side && subject.case == case);
        subject.map(|subject| subject.size)
    };
    let mut compared = 0;
    for case in Case::suspends() {
        let Case::Suspends(policy) = case else { continue };
        let Some((own, by_hand)) = size(Side::Steadfast, case).zip(size(Side::ByHand, case)) else {
            continue;
        };
        let most = by_hand + own_state(policy);
        assert!(own <= most, "{policy:?}: {own} bytes, by hand {by_hand}, and at most {most} were expected");
        compared += 1;
    }
    assert_eq!(compared, 6, "each policy");
}
