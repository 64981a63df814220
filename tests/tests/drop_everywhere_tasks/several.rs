//! `gather`, `gather_all`, `race`, over iterators and tuples, with and without a limit.

use steadfast::{gather, gather_all, gather_all_bounded, gather_bounded, race};

use super::*;

#[test]
fn all_or_none() {
    let iterated = everywhere(|world| async move { gather((1..=3).map(|n| world.limited(n))).await });
    let tuple = everywhere(|world| async move { gather((world.child(1), world.child(2))).await });
    let failing = everywhere(|world| async move { gather((world.child(9), world.failing(1))).await });
    assert!(iterated >= 3 && tuple >= 3 && failing >= 2, "{iterated}, {tuple}, {failing}");
}

#[test]
fn all_or_none_with_a_limit() {
    let polls = everywhere(|world| async move {
        gather_bounded(2, (1..=5).map(|n| if n == 5 { 1 } else { n }).map(|n| world.child(n))).await
    });
    assert!(polls >= 4, "{polls}");
}

#[test]
fn whatever_becomes_of_each() {
    let iterated = everywhere(|world| async move { gather_all((1..=3).map(|n| world.failing(n))).await });
    let tuple = everywhere(|world| async move { gather_all((world.failing(1), world.child(2))).await });
    let limited =
        everywhere(|world| async move { gather_all_bounded(1, (1..=3).map(|n| world.limited(n))).await });
    assert!(iterated >= 4 && tuple >= 3 && limited >= 4, "{iterated}, {tuple}, {limited}");
}

#[test]
fn the_first() {
    let iterated = everywhere(|world| async move { race((1..=3).map(|n| world.limited(n))).await });
    let tuple = everywhere(|world| async move { race((world.child(2), world.child(1))).await });
    assert!(iterated >= 2 && tuple >= 2, "{iterated}, {tuple}");
}
