//! S15: the span that is current where a child is spawned is current in the child.
#![cfg(feature = "tracing")]

use std::cell::RefCell;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use steadfast::{offload, scope};
use tracing::instrument::Instrument as _;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Span, Subscriber, info_span};
use tracing_core::span::Current;

type Made = &'static Metadata<'static>;

thread_local! {
    static ENTERED: RefCell<Vec<Id>> = const { RefCell::new(Vec::new()) };
}

/// Knows which spans a thread is in, and nothing else.
#[derive(Default)]
struct Spans(Mutex<Vec<Made>>);

impl Spans {
    fn made(&self) -> std::sync::MutexGuard<'_, Vec<Made>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut made = self.made();
        made.push(span.metadata());
        Id::from_u64(made.len() as u64)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(span.clone()));
    }

    fn exit(&self, _: &Id) {
        ENTERED.with_borrow_mut(Vec::pop);
    }

    fn current_span(&self) -> Current {
        let Some(id) = ENTERED.with_borrow(|entered| entered.last().cloned()) else { return Current::none() };
        let nth = usize::try_from(id.into_u64()).expect("few spans");
        let metadata = self.made()[nth - 1];
        Current::new(id, metadata)
    }
}

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
    tracing::subscriber::set_global_default(Spans::default()).expect("the only test of this file");
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
}
