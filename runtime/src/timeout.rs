//! The timeout that the attribute expands to.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use pin_project_lite::pin_project;
use tokio::task::coop;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::ambient::{self, Ambient, Entered};
use crate::error::PolicyError;
use crate::observe::{self, Event};
use crate::site::Site;
use crate::switch::{self, PolicyKind};

/// What a limit of zero, which only a run-time value can be, is taken for: the resolution of tokio's timer.
const SHORTEST: Duration = Duration::from_millis(1);

pin_project! {
    /// `future`, ended at its deadline.
    ///
    /// Two things differ from [`tokio::time::timeout`]. The timer is armed only when the future is pending for the first
    /// time, so a call that ends at once never touches the timer wheel. And an enclosing deadline that is not later
    /// than the own one goes first: the outer timeout wins a tie.
    #[must_use = "futures do nothing unless polled"]
    pub struct Timeout<F> {
        #[pin]
        future: F,
        #[pin]
        timer: Option<Sleep>,
        site: &'static Site,
        // `None`: no such instant, or the policy stands aside.
        deadline: Option<Instant>,
        limit: Duration,
        inherit: bool,
    }
}

/// Ends `future` after `limit`. With `inherit`, what `future` calls sees the earlier of this and the enclosing deadline.
#[inline]
pub fn timeout<F: Future>(site: &'static Site, limit: Duration, inherit: bool, future: F) -> Timeout<F> {
    let limit = if limit.is_zero() { clamped(site) } else { limit };
    let deadline =
        if switch::disabled(PolicyKind::Timeout) { None } else { Instant::now().checked_add(limit) };
    Timeout { future, timer: None, site, deadline, limit, inherit }
}

#[cold]
fn clamped(site: &'static Site) -> Duration {
    observe::emit(site, &Event::Clamped { argument: "timeout" });
    SHORTEST
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, PolicyError>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let had_budget = coop::has_budget_remaining();
        let outer = ambient::current();
        let enclosing = if *this.inherit { outer.deadline } else { None };
        let deadline = ambient::earlier(*this.deadline, enclosing);
        {
            let _entered = Entered::new(Ambient { deadline, ..outer });
            if let Poll::Ready(output) = this.future.poll(cx) {
                return Poll::Ready(Ok(output));
            }
        }
        let Some(own) = *this.deadline else { return Poll::Pending };
        if this.timer.is_none() {
            this.timer.set(Some(sleep_until(own)));
        }
        let timer = this.timer.as_pin_mut().expect("set above");
        ready!(poll_deadline(timer, own, outer.deadline, had_budget, cx));
        Poll::Ready(Err(elapsed(this.site, own, *this.limit)))
    }
}

/// Ready when the timer of the deadline `own` has fired, and the call is to be ended by it and not by the one around it.
#[expect(clippy::inline_always, reason = "every poll of a call that waits does this")]
#[inline(always)]
pub(crate) fn poll_deadline(
    mut timer: Pin<&mut Sleep>,
    own: Instant,
    outer: Option<Instant>,
    had_budget: bool,
    cx: &mut Context<'_>,
) -> Poll<()> {
    if had_budget && !coop::has_budget_remaining() {
        // The future has used the task's budget up. A timer that needed some too would never be seen to fire.
        ready!(pin!(coop::unconstrained(timer.as_mut())).poll(cx));
    } else {
        ready!(timer.as_mut().poll(cx));
    }
    if outer.is_some_and(|outer| outer <= own) { give_way(timer, cx) } else { Poll::Ready(()) }
}

/// Whoever set the enclosing deadline ends the call right after this poll. The timer goes on all the same: a call that is
/// kept and polled somewhere else afterwards, as one in a `FuturesUnordered` is, has nothing else that wakes it.
#[cold]
fn give_way(mut timer: Pin<&mut Sleep>, cx: &mut Context<'_>) -> Poll<()> {
    timer.as_mut().reset(Instant::now() + SHORTEST);
    pin!(coop::unconstrained(timer)).poll(cx)
}

#[cold]
pub(crate) fn elapsed(site: &'static Site, deadline: Instant, limit: Duration) -> PolicyError {
    let elapsed = limit + Instant::now().saturating_duration_since(deadline);
    let error = PolicyError::timed_out(site.function(), limit, elapsed);
    observe::emit(site, &Event::TimedOut { error: &error });
    error
}
