//! "Cancellation-safe at every await": each policy and every combination, dropped wherever it waits.
//!
//! The bulkhead and the budget come from outside, so that they can be counted afterwards.

use std::cell::{Cell, RefCell};
use std::hint::black_box;
use std::io;
use std::rc::Rc;

use futures::future::{Either, select};
use steadfast::{Budget, Bulkhead, PolicyError, apply, bounded, retry, timeout};
use steadfast_tests::{drop_at_every_await, ms, secs};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

#[path = "drop_everywhere/alone.rs"]
mod alone;
#[path = "drop_everywhere/applied.rs"]
mod applied;
#[path = "drop_everywhere/keyed.rs"]
mod keyed;
#[path = "drop_everywhere/together.rs"]
mod together;

/// What the calls of one run hold, and have to give back.
struct World {
    limit: Bulkhead,
    budget: Budget,
    tokens: f64,
    token: CancellationToken,
    /// Calls whose first attempt began, and attempts that began: all but the first of each call were paid for.
    calls: Cell<u32>,
    attempts: Cell<u32>,
}

/// Counts an attempt when it begins: the body takes it, so each attempt gets a clone. With `attempts = unlimited` no
/// attempt is the last, which would get the original.
struct Begin<'a> {
    world: &'a World,
    first: Cell<bool>,
}

impl Clone for Begin<'_> {
    fn clone(&self) -> Self {
        self.world.begin(self.first.replace(false));
        Self { world: self.world, first: Cell::new(false) }
    }
}

impl World {
    fn new() -> Self {
        Self::with_budget(Budget::new().ratio(0.0).min_per_sec(1).ttl(secs(60)))
    }

    fn with_budget(budget: Budget) -> Self {
        Self {
            limit: Bulkhead::new(1),
            tokens: budget.balance(),
            budget,
            token: CancellationToken::new(),
            calls: Cell::new(0),
            attempts: Cell::new(0),
        }
    }

    /// For the argument of a retried function.
    fn call(&self) -> Begin<'_> {
        Begin { world: self, first: Cell::new(true) }
    }

    /// Counts an attempt and gives its number.
    fn begin(&self, first: bool) -> u32 {
        self.calls.set(self.calls.get() + u32::from(first));
        self.attempts.set(self.attempts.get() + 1);
        self.attempts.get()
    }

    /// Takes the permit away for the first second.
    async fn occupy(&self) {
        let _permit = self.limit.acquire().await;
        sleep(secs(1)).await;
    }

    fn assert_all_back(&self, polls: usize) {
        let bulkhead = (self.limit.available(), self.limit.waiting());
        assert_eq!(bulkhead, (1, 0), "permits and waiting callers after {polls} polls");
        let spent = f64::from(self.attempts.get() - self.calls.get());
        let left = self.budget.balance();
        assert!(
            (self.tokens - spent - left).abs() < 1e-6,
            "{left} tokens after {polls} polls, {spent} retries"
        );
    }
}

/// Drops what `scenario` makes at every await, and looks at the world each time. Gives the number of polls it needs.
fn everywhere<F: Future>(scenario: impl Fn(Rc<World>) -> F) -> usize {
    everywhere_in(World::new, scenario)
}

fn everywhere_in<F: Future>(new_world: fn() -> World, scenario: impl Fn(Rc<World>) -> F) -> usize {
    let current = RefCell::new(None);
    let make = || {
        let world = Rc::new(new_world());
        *current.borrow_mut() = Some(Rc::clone(&world));
        scenario(world)
    };
    drop_at_every_await(make, |polls, _| {
        let world: Rc<World> = current.take().expect("made before");
        assert_eq!(Rc::strong_count(&world), 1, "the future is gone after {polls} polls");
        world.assert_all_back(polls);
    })
}

/// The same with the permit taken away for the first second, and given back just before the call is polled and just
/// after it: in the second case it is on its way to the call when the call is dropped.
fn everywhere_contended<F: Future>(scenario: impl Fn(Rc<World>) -> F) -> [usize; 2] {
    let scenario = &scenario;
    let before =
        everywhere(|world| async move { futures::join!(world.occupy(), scenario(Rc::clone(&world))) });
    let after = everywhere(|world| async move {
        let permit = world.limit.try_acquire();
        let give_back = async {
            sleep(secs(1)).await;
            drop(permit);
        };
        futures::join!(scenario(Rc::clone(&world)), give_back)
    });
    [before, after]
}

/// A call that another branch of the same task gives up on.
async fn given_up<F: Future>(call: F, after: std::time::Duration) -> Option<F::Output> {
    match select(Box::pin(call), Box::pin(sleep(after))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(((), _)) => None,
    }
}

/// That the world's own account finds what is lost.
#[test]
#[should_panic(expected = "permits and waiting callers after 1 polls")]
fn a_permit_that_is_lost_is_found() {
    everywhere(|world| async move {
        std::mem::forget(world.limit.acquire().await);
        sleep(secs(1)).await;
    });
}

#[test]
#[should_panic(expected = "tokens after 1 polls, 0 retries")]
fn a_token_that_is_lost_is_found() {
    everywhere(|world| async move {
        assert!(world.budget.try_withdraw());
        sleep(secs(1)).await;
        world.budget.give_back();
    });
}
