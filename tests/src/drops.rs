//! A caller that goes away, wherever it may be waiting.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use steadfast::deadline;
use tokio::runtime::Builder;

/// A future that takes more polls than this waits for something that never comes.
const MOST_POLLS: usize = 10_000;

/// Drops a future at every await it comes to, and before its first poll, and lets it come to its end.
///
/// Each run takes a new future from `make`, polls it one time more than the run before, and drops it there: first
/// after no poll, last after as many as it needs. It lives on a paused clock and is polled only when something woke it,
/// so that every poll is a step. `check` is called after each drop with the number of polls, inside the runtime, before
/// anything else can run. That the ambient deadline is gone is checked here.
///
/// Gives the number of polls that the future needed, so that a test can say how many places it was dropped at: a
/// future that is ready at once has been dropped nowhere.
///
/// # Panics
/// If the future is not ready after ten thousand polls, and with whatever `check` panics.
pub fn drop_at_every_await<F: Future>(
    mut make: impl FnMut() -> F,
    mut check: impl FnMut(usize, Option<F::Output>),
) -> usize {
    for polls in 0..MOST_POLLS {
        // A runtime for each run, so that no run finds what another has left in the clock.
        let runtime = Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime without I/O needs nothing from the system");
        let done = runtime.block_on(async {
            let output = poll_at_most(polls, make()).await;
            assert_eq!(deadline::current(), None, "a deadline was left behind after {polls} polls");
            let done = output.is_some();
            check(polls, output);
            done
        });
        if done {
            return polls;
        }
    }
    panic!("not ready after {MOST_POLLS} polls");
}

/// Polls `future` whenever it is woken, at most `polls` times, and drops it; what it gave if it was ready by then.
///
/// It is dropped at once when the last poll leaves it pending, and not when it is woken the next time.
pub async fn poll_at_most<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            // Here, and not when it is woken: what is on its way to the future must come back too.
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::time::Duration;
    use tokio::time::sleep;

    struct Guard<'a>(&'a Cell<i32>);

    impl<'a> Guard<'a> {
        fn new(held: &'a Cell<i32>) -> Self {
            held.set(held.get() + 1);
            Self(held)
        }
    }

    impl Drop for Guard<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() - 1);
        }
    }

    #[test]
    fn every_await_is_reached_and_the_end_too() {
        let (held, reached, ended) = (Cell::new(0), Cell::new(0), Cell::new(0));
        let make = || async {
            let _guard = Guard::new(&held);
            for at in 1..=3 {
                reached.set(reached.get().max(at));
                sleep(Duration::from_secs(60)).await;
            }
            "done"
        };
        let polls = drop_at_every_await(make, |polls, output| {
            assert_eq!(held.get(), 0, "after {polls} polls");
            assert_eq!(output, (polls == 4).then_some("done"));
            ended.set(ended.get() + 1);
        });
        assert_eq!((polls, reached.get(), ended.get()), (4, 3, 5));
    }

    #[test]
    #[should_panic(expected = "after 2 polls")]
    fn what_is_lost_at_one_await_only_is_found() {
        let held = Cell::new(0);
        let make = || async {
            sleep(Duration::from_secs(1)).await;
            // A count without a guard.
            held.set(held.get() + 1);
            sleep(Duration::from_secs(1)).await;
            held.set(held.get() - 1);
        };
        drop_at_every_await(make, |polls, _| assert_eq!(held.get(), 0, "after {polls} polls"));
    }
}
