//! A line of waiting tasks, and the calls that go out when their turn comes.

use std::collections::VecDeque;
use std::task::Waker;

/// Tasks that wait for the same thing, first come first served.
///
/// Those whose turn has come stand at the front: a count says it all, and a turn can be passed on or taken back without
/// touching anybody. All of it is plain data under the queue's lock.
#[derive(Debug, Default)]
pub(super) struct Line {
    places: VecDeque<Place>,
    turns: usize,
    next: u64,
}

/// The number of a place in a [`Line`], for as long as its task waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Number(u64);

#[derive(Debug)]
struct Place {
    number: Number,
    /// Gone when the task has been called.
    waker: Option<Waker>,
}

impl Line {
    /// Nobody waits, so there is nobody to be called.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many were called and have not come yet.
    #[inline]
    pub(super) fn turns(&self) -> usize {
        self.turns
    }

    /// Takes the last place.
    pub(super) fn enter(&mut self, waker: &Waker) -> Number {
        let number = Number(self.next);
        self.next += 1;
        self.places.push_back(Place { number, waker: Some(waker.clone()) });
        number
    }

    pub(super) fn has_turn(&self, number: Number) -> bool {
        self.index(number).is_some_and(|index| index < self.turns)
    }

    /// Goes on waiting. The waker that is replaced goes to `calls`, since dropping one may run anything.
    pub(super) fn stay(&mut self, number: Number, waker: &Waker, calls: &mut Calls) {
        let Some(index) = self.index(number) else { return };
        let kept = &mut self.places[index].waker;
        if !kept.as_ref().is_some_and(|kept| kept.will_wake(waker)) {
            calls.retire(kept.replace(waker.clone()));
        }
    }

    /// Gives the place up, and the turn with it.
    pub(super) fn leave(&mut self, number: Number, calls: &mut Calls) {
        let Some(index) = self.index(number) else { return };
        if index < self.turns {
            self.turns -= 1;
        }
        calls.retire(self.places.remove(index).and_then(|place| place.waker));
    }

    /// Sets how many may have their turn. Who loses it again has been woken for nothing, and waits on.
    #[inline]
    pub(super) fn admit(&mut self, most: usize, calls: &mut Calls) {
        let most = most.min(self.places.len());
        if most > self.turns {
            self.call_up_to(most, calls);
        }
        self.turns = most;
    }

    fn call_up_to(&mut self, most: usize, calls: &mut Calls) {
        for place in self.places.range_mut(self.turns..most) {
            calls.call(place.waker.take());
        }
    }

    /// It is everybody's turn.
    #[inline]
    pub(super) fn admit_all(&mut self, calls: &mut Calls) {
        self.admit(usize::MAX, calls);
    }

    /// Lets everybody look again, without a turn.
    pub(super) fn wake_all(&mut self, calls: &mut Calls) {
        for place in &mut self.places {
            calls.call(place.waker.take());
        }
    }

    /// Numbers only grow, so the places are sorted by them.
    fn index(&self, number: Number) -> Option<usize> {
        self.places.binary_search_by_key(&number, |place| place.number).ok()
    }
}

/// Wakers to be called, and others to be dropped, when the lock is free again: both may run anything, and could come back
/// to the same queue.
#[derive(Debug, Default)]
pub(super) struct Calls {
    first: Option<Waker>,
    /// Mostly there are none.
    others: Option<Box<Others>>,
}

#[derive(Debug, Default)]
struct Others {
    to_wake: VecDeque<Waker>,
    retired: Vec<Waker>,
}

impl Calls {
    fn call(&mut self, waker: Option<Waker>) {
        let Some(waker) = waker else { return };
        if self.first.is_none() && self.others.is_none() {
            self.first = Some(waker);
        } else {
            self.others.get_or_insert_default().to_wake.push_back(waker);
        }
    }

    fn retire(&mut self, waker: Option<Waker>) {
        if let Some(waker) = waker {
            self.others.get_or_insert_default().retired.push(waker);
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_none() && self.others.is_none()
    }

    #[inline]
    pub(super) fn wake(&mut self) {
        if let Some(first) = self.first.take() {
            first.wake();
        }
        if self.others.is_some() {
            self.wake_others();
        }
    }

    #[cold]
    fn wake_others(&mut self) {
        while let Some(waker) = self.others.as_mut().and_then(|others| others.to_wake.pop_front()) {
            waker.wake();
        }
    }
}

/// When a waker panics, the others are still called.
impl Drop for Calls {
    #[inline]
    fn drop(&mut self) {
        self.wake();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn waiting() -> (Arc<Count>, Waker) {
        let count = Arc::new(Count::default());
        (Arc::clone(&count), Waker::from(count))
    }

    #[test]
    fn turns_go_to_the_front_and_are_passed_on() {
        let mut line = Line::default();
        let tasks: Vec<_> = (0..3).map(|_| waiting()).collect();
        let numbers: Vec<_> = tasks.iter().map(|(_, waker)| line.enter(waker)).collect();
        line.admit(1, &mut Calls::default());
        let woken = || tasks.iter().map(|(count, _)| count.0.load(Ordering::Relaxed)).collect::<Vec<_>>();
        assert_eq!(woken(), [1, 0, 0]);
        assert!(line.has_turn(numbers[0]) && !line.has_turn(numbers[1]));

        line.leave(numbers[0], &mut Calls::default());
        assert_eq!(line.turns(), 0);
        line.admit(1, &mut Calls::default());
        assert_eq!(woken(), [1, 1, 0]);
        assert!(line.has_turn(numbers[1]));
    }

    #[test]
    fn a_turn_that_is_taken_back_comes_again_with_a_new_call() {
        let mut line = Line::default();
        let (count, waker) = waiting();
        let number = line.enter(&waker);
        line.admit(1, &mut Calls::default());
        line.admit(0, &mut Calls::default());
        assert!(!line.has_turn(number));
        line.stay(number, &waker, &mut Calls::default());
        line.admit(5, &mut Calls::default());
        assert!(line.has_turn(number));
        assert_eq!((line.turns(), count.0.load(Ordering::Relaxed)), (1, 2));
    }

    #[test]
    fn who_leaves_from_the_middle_takes_no_turn_away() {
        let mut line = Line::default();
        let numbers: Vec<_> = (0..4).map(|_| line.enter(Waker::noop())).collect();
        line.admit(2, &mut Calls::default());
        line.leave(numbers[2], &mut Calls::default());
        assert_eq!(line.turns(), 2);
        line.leave(numbers[1], &mut Calls::default());
        assert_eq!(line.turns(), 1);
        assert!(line.has_turn(numbers[0]) && !line.has_turn(numbers[3]));
        line.admit_all(&mut Calls::default());
        assert!(line.has_turn(numbers[3]));
    }
}
