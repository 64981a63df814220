//! A scope in one task, whose children are woken by other threads.

use std::sync::Mutex;

use loom::thread;
use steadfast_loom::{GroupError, JoinScope, join_scope};

use super::*;

/// Something that another thread lets happen.
#[derive(Default)]
struct Event(Mutex<(bool, Option<Waker>)>);

impl Event {
    fn happen(&self) {
        let waker = {
            let mut state = self.0.lock().expect("no panic");
            state.0 = true;
            state.1.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    async fn happened(&self) {
        poll_fn(|cx| {
            let mut state = self.0.lock().expect("no panic");
            if state.0 {
                return Poll::Ready(());
            }
            state.1 = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

#[test]
fn children_that_are_woken_at_once_are_polled() {
    every_order_of(2, async |_| {
        let events: [Arc<Event>; 2] = Default::default();
        let others = events.clone().map(|event| thread::spawn(move || event.happen()));
        let outcome: Result<(), GroupError<()>> = join_scope(async |s: JoinScope<'_, ()>| {
            for event in &events {
                s.spawn(async move {
                    event.happened().await;
                    Ok(())
                });
            }
            Ok(())
        })
        .await;
        assert!(outcome.is_ok());
        for other in others {
            other.join().expect("no panic");
        }
    });
}
