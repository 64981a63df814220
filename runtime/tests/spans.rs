//! S15: the span that is current where a child is spawned is current in the child.
#![cfg(feature = "tracing")]

mod subscriber;

use std::convert::Infallible;

use steadfast::{offload, scope};
use subscriber::Witness;
use tracing::instrument::Instrument as _;
use tracing::{Metadata, Span, info_span};

fn current() -> Option<&'static str> {
    Span::current().metadata().map(Metadata::name)
}

async fn seen() -> Result<[Option<&'static str>; 2], Infallible> {
    let first = current();
    tokio::task::yield_now().await;
    Ok([first, current()])
}

#[offload]
fn seen_elsewhere() -> Option<&'static str> {
    current()
}

#[tokio::test]
async fn children_are_in_the_span_of_their_spawn() {
    let witness = Witness::default();
    tracing::subscriber::set_global_default(witness.clone()).expect("the only test of this file");
    let work = scope(async |tasks| {
        let child = tasks.spawn(seen());
        let other = info_span!("other").in_scope(|| tasks.spawn(seen()));
        let blocking = tasks.spawn_blocking(|| Ok(current()));
        Ok((child.await.unwrap()?, other.await.unwrap()?, blocking.await.unwrap()?))
    });
    let (child, other, blocking) = work.instrument(info_span!("request")).await.unwrap();
    assert_eq!(child, [Some("request"); 2], "in every poll");
    assert_eq!(other, [Some("other"); 2]);
    assert_eq!(blocking, Some("request"));
    assert_eq!(seen_elsewhere().instrument(info_span!("elsewhere")).await, Some("elsewhere"));
    assert_eq!(current(), None, "and nothing is left");

    let plain = tokio::spawn(seen()).instrument(info_span!("request")).await.unwrap();
    assert_eq!(plain.unwrap(), [None; 2], "as tokio alone has it");
    assert_eq!(witness.events(), [""; 0], "nothing is said about any of it");
}
