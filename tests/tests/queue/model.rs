//! All three queues against a model of a few lines: any sequence of steps, any number of callers that wait, leave and come
//! back. After each step whoever could go on must have been woken.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use proptest::prelude::*;
use steadfast::queue::{Ended, OnDrop, PutError, TryGetError};
use steadfast::{Item, LifoQueue, PriorityQueue, Queue};

const CAPACITY: usize = 3;

type Boxed<T> = Pin<Box<dyn Future<Output = T>>>;

/// What the three have in common.
trait Subject: Clone + 'static {
    type Item: Held + 'static;
    fn new() -> Self;
    /// Which of two entries comes first.
    fn before(one: &Entry, other: &Entry) -> bool;
    fn put(&self, value: u32, priority: u8) -> Boxed<Result<(), PutError<u32>>>;
    fn try_put(&self, value: u32, priority: u8) -> Result<(), PutError<u32>>;
    fn get(&self) -> Boxed<Result<Self::Item, Ended>>;
    fn try_get(&self) -> Result<Self::Item, TryGetError>;
    fn join(&self) -> Boxed<Result<(), Ended>>;
    fn close(&self);
    fn shutdown(&self) -> Vec<u32>;
    /// Queued, unfinished.
    fn counts(&self) -> (usize, usize);
}

trait Held {
    fn value(&self) -> u32;
    fn done(self);
    fn requeue(self) -> Option<u32>;
}

impl<P: Ord> Held for Item<u32, P> {
    fn value(&self) -> u32 {
        **self
    }
    fn done(self) {
        self.done();
    }
    fn requeue(self) -> Option<u32> {
        self.requeue()
    }
}

macro_rules! subject {
    ($Queue:ty, $Item:ty, ($($priority:ident)?), $before:expr) => {
        impl Subject for $Queue {
            type Item = $Item;
            fn new() -> Self {
                <$Queue>::new(CAPACITY).on_drop(OnDrop::Requeue)
            }
            fn before(one: &Entry, other: &Entry) -> bool {
                let before: fn(&Entry, &Entry) -> bool = $before;
                before(one, other)
            }
            fn put(&self, value: u32, _priority: u8) -> Boxed<Result<(), PutError<u32>>> {
                let queue = self.clone();
                $(let $priority = _priority;)?
                Box::pin(async move { queue.put(value $(, $priority)?).await })
            }
            fn try_put(&self, value: u32, _priority: u8) -> Result<(), PutError<u32>> {
                $(let $priority = _priority;)?
                self.try_put(value $(, $priority)?)
            }
            fn get(&self) -> Boxed<Result<Self::Item, Ended>> {
                let queue = self.clone();
                Box::pin(async move { queue.get().await })
            }
            fn try_get(&self) -> Result<Self::Item, TryGetError> {
                self.try_get()
            }
            fn join(&self) -> Boxed<Result<(), Ended>> {
                let queue = self.clone();
                Box::pin(async move { queue.join().await })
            }
            fn close(&self) {
                self.close();
            }
            fn shutdown(&self) -> Vec<u32> {
                self.shutdown()
            }
            fn counts(&self) -> (usize, usize) {
                (self.len(), self.unfinished())
            }
        }
    };
}

subject!(Queue<u32>, Item<u32>, (), |one, other| one.age < other.age);
subject!(LifoQueue<u32>, Item<u32>, (), |one, other| one.age > other.age);
subject!(PriorityQueue<u32, u8>, Item<u32, u8>, (priority), |one, other| {
    (other.priority, one.age) < (one.priority, other.age)
});

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    /// How many had got in when it did. Its label is older: it may have waited.
    age: u32,
    label: u32,
    priority: u8,
}

#[derive(Default)]
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A future that waits, with what the model needs to know of it.
struct Waiting<F, D> {
    future: F,
    data: D,
    woken: Arc<Flag>,
}

impl<T, D> Waiting<Boxed<T>, D> {
    fn poll(&mut self) -> Poll<T> {
        self.woken.0.store(false, Ordering::SeqCst);
        let waker = Waker::from(Arc::clone(&self.woken));
        self.future.as_mut().poll(&mut Context::from_waker(&waker))
    }

    fn was_woken(&self) -> bool {
        self.woken.0.load(Ordering::SeqCst)
    }
}

type Putter = Waiting<Boxed<Result<(), PutError<u32>>>, (u32, u8)>;
type Getter<S> = Waiting<Boxed<Result<<S as Subject>::Item, Ended>>, ()>;
type Joiner = Waiting<Boxed<Result<(), Ended>>, bool>;

struct Model<S: Subject> {
    queue: S,
    queued: Vec<Entry>,
    out: Vec<(Entry, S::Item)>,
    ages: u32,
    labels: u32,
    closed: bool,
    shut: bool,
    abandoned: bool,
    putters: Vec<Putter>,
    getters: Vec<Getter<S>>,
    joiners: Vec<Joiner>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    TryPut(u8),
    Put(u8),
    PollPutter(usize),
    DropPutter(usize),
    TryGet,
    Get,
    PollGetter(usize),
    DropGetter(usize),
    Done(usize),
    DropItem(usize),
    Requeue(usize),
    Join,
    PollJoiner(usize),
    DropJoiner(usize),
    Close,
    Shutdown,
}

fn step() -> impl Strategy<Value = Step> {
    let nth = 0..8_usize;
    prop_oneof![
        6 => (0..3_u8).prop_map(Step::TryPut),
        6 => (0..3_u8).prop_map(Step::Put),
        6 => nth.clone().prop_map(Step::PollPutter),
        2 => nth.clone().prop_map(Step::DropPutter),
        6 => Just(Step::TryGet),
        6 => Just(Step::Get),
        6 => nth.clone().prop_map(Step::PollGetter),
        2 => nth.clone().prop_map(Step::DropGetter),
        6 => nth.clone().prop_map(Step::Done),
        4 => nth.clone().prop_map(Step::DropItem),
        2 => nth.clone().prop_map(Step::Requeue),
        2 => Just(Step::Join),
        2 => nth.clone().prop_map(Step::PollJoiner),
        1 => nth.prop_map(Step::DropJoiner),
        1 => Just(Step::Close),
        1 => Just(Step::Shutdown),
    ]
}

/// An index into a list of that length.
fn pick(nth: usize, len: usize) -> Option<usize> {
    (len > 0).then(|| nth % len)
}

impl<S: Subject> Model<S> {
    fn new() -> Self {
        Self {
            queue: S::new(),
            queued: Vec::new(),
            out: Vec::new(),
            ages: 0,
            labels: 0,
            closed: false,
            shut: false,
            abandoned: false,
            putters: Vec::new(),
            getters: Vec::new(),
            joiners: Vec::new(),
        }
    }

    fn room(&self) -> usize {
        CAPACITY.saturating_sub(self.queued.len())
    }

    fn label(&mut self) -> u32 {
        self.labels += 1;
        self.labels
    }

    fn got_in(&mut self, label: u32, priority: u8) {
        self.ages += 1;
        self.queued.push(Entry { age: self.ages, label, priority });
    }

    fn expect_next(&mut self, item: S::Item) {
        let next = (0..self.queued.len())
            .reduce(|one, other| if S::before(&self.queued[one], &self.queued[other]) { one } else { other })
            .expect("the model has nothing to give");
        let entry = self.queued.remove(next);
        assert_eq!(item.value(), entry.label, "the wrong item");
        self.out.push((entry, item));
    }

    fn came_back(&mut self, entry: Entry) {
        if self.shut {
            self.abandoned = true;
        } else {
            self.queued.push(entry);
        }
    }

    fn run(&mut self, step: Step) {
        match step {
            Step::TryPut(priority) => self.try_put(priority),
            Step::Put(priority) => {
                let label = self.label();
                let future = self.queue.put(label, priority);
                self.putters.push(Waiting { future, data: (label, priority), woken: Arc::default() });
                self.poll_putter(self.putters.len() - 1);
            }
            Step::PollPutter(nth) => {
                if let Some(at) = pick(nth, self.putters.len()) {
                    self.poll_putter(at);
                }
            }
            Step::DropPutter(nth) => {
                if let Some(at) = pick(nth, self.putters.len()) {
                    self.putters.remove(at);
                }
            }
            Step::TryGet => match self.queue.try_get() {
                Ok(item) => {
                    assert!(self.queued.len() > self.getters.len(), "overtook somebody");
                    self.expect_next(item);
                }
                Err(TryGetError::Ended(_)) => assert!(self.closed && self.queued.is_empty()),
                Err(_) => assert!(self.queued.len() <= self.getters.len() && !self.shut),
            },
            Step::Get => {
                let future = self.queue.get();
                self.getters.push(Waiting { future, data: (), woken: Arc::default() });
                self.poll_getter(self.getters.len() - 1);
            }
            Step::PollGetter(nth) => {
                if let Some(at) = pick(nth, self.getters.len()) {
                    self.poll_getter(at);
                }
            }
            Step::DropGetter(nth) => {
                if let Some(at) = pick(nth, self.getters.len()) {
                    drop(self.getters.remove(at));
                }
            }
            Step::Done(nth) => {
                if let Some(at) = pick(nth, self.out.len()) {
                    self.out.remove(at).1.done();
                    self.after_done();
                }
            }
            Step::DropItem(nth) => {
                if let Some(at) = pick(nth, self.out.len()) {
                    let (entry, item) = self.out.remove(at);
                    drop(item);
                    self.came_back(entry);
                    self.after_done();
                }
            }
            Step::Requeue(nth) => {
                if let Some(at) = pick(nth, self.out.len()) {
                    let (entry, item) = self.out.remove(at);
                    assert_eq!(item.requeue(), self.shut.then_some(entry.label));
                    self.came_back(entry);
                    self.after_done();
                }
            }
            Step::Join => {
                let future = self.queue.join();
                self.joiners.push(Waiting { future, data: self.all_done(), woken: Arc::default() });
                self.poll_joiner(self.joiners.len() - 1);
            }
            Step::PollJoiner(nth) => {
                if let Some(at) = pick(nth, self.joiners.len()) {
                    self.poll_joiner(at);
                }
            }
            Step::DropJoiner(nth) => {
                if let Some(at) = pick(nth, self.joiners.len()) {
                    drop(self.joiners.remove(at));
                }
            }
            Step::Close => {
                self.queue.close();
                self.closed = true;
            }
            Step::Shutdown => {
                let left = self.queue.shutdown();
                let mut expected = std::mem::take(&mut self.queued);
                expected.sort_by(|one, other| {
                    if S::before(one, other) { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater }
                });
                assert_eq!(left, expected.iter().map(|entry| entry.label).collect::<Vec<_>>());
                (self.closed, self.shut) = (true, true);
                self.abandoned |= !left.is_empty();
                self.after_done();
            }
        }
    }

    fn try_put(&mut self, priority: u8) {
        let label = self.label();
        let outcome = self.queue.try_put(label, priority);
        let free = self.room() > self.putters.len();
        match outcome {
            Ok(()) => {
                assert!(free && !self.closed, "let in");
                self.got_in(label, priority);
            }
            Err(refused) => {
                assert_eq!(refused.is_full(), !self.closed);
                assert!(!free || self.closed, "left out");
                assert_eq!(refused.into_inner(), label);
            }
        }
    }

    fn all_done(&self) -> bool {
        self.queued.is_empty() && self.out.is_empty()
    }

    /// Whoever joins has its turn for good once everything was done.
    fn after_done(&mut self) {
        if self.all_done() {
            self.joiners.iter_mut().for_each(|joiner| joiner.data = true);
        }
    }

    fn poll_putter(&mut self, at: usize) {
        let ready = self.closed || at < self.room();
        match self.putters[at].poll() {
            Poll::Pending => assert!(!ready, "a put could go on"),
            Poll::Ready(outcome) => {
                assert!(ready, "a put had no turn");
                let (label, priority) = self.putters.remove(at).data;
                match outcome {
                    Ok(()) => {
                        assert!(!self.closed);
                        self.got_in(label, priority);
                    }
                    Err(refused) => {
                        let reason = if self.shut { Ended::ShutDown } else { Ended::Closed };
                        assert_eq!((refused.ended(), self.closed), (Some(reason), true));
                        assert_eq!(refused.into_inner(), label);
                    }
                }
            }
        }
    }

    fn getter_is_ready(&self, at: usize) -> bool {
        at < self.queued.len() || (self.closed && self.queued.is_empty())
    }

    fn poll_getter(&mut self, at: usize) {
        let ready = self.getter_is_ready(at);
        match self.getters[at].poll() {
            Poll::Pending => assert!(!ready, "a get could go on"),
            Poll::Ready(outcome) => {
                assert!(ready, "a get had no turn");
                drop(self.getters.remove(at));
                match outcome {
                    Ok(item) => self.expect_next(item),
                    Err(ended) => {
                        let reason = if self.shut { Ended::ShutDown } else { Ended::Closed };
                        assert_eq!((ended, self.queued.is_empty()), (reason, true));
                    }
                }
            }
        }
    }

    fn poll_joiner(&mut self, at: usize) {
        let ready = self.joiners[at].data || self.all_done();
        match self.joiners[at].poll() {
            Poll::Pending => assert!(!ready, "a join could go on"),
            Poll::Ready(outcome) => {
                assert!(ready, "a join came too early");
                self.joiners.remove(at);
                assert_eq!(outcome, if self.abandoned { Err(Ended::ShutDown) } else { Ok(()) });
            }
        }
    }

    /// No call was lost, and the numbers are right.
    fn check(&self) {
        let unfinished = self.queued.len() + self.out.len();
        assert_eq!(self.queue.counts(), (self.queued.len(), unfinished));
        for (at, putter) in self.putters.iter().enumerate() {
            assert!(putter.was_woken() || !(self.closed || at < self.room()), "put {at} sleeps");
        }
        for (at, getter) in self.getters.iter().enumerate() {
            assert!(getter.was_woken() || !self.getter_is_ready(at), "get {at} sleeps");
        }
        for (at, joiner) in self.joiners.iter().enumerate() {
            assert!(joiner.was_woken() || !joiner.data, "join {at} sleeps");
        }
    }

    /// Everything that is still there comes out in order.
    fn drain(mut self) {
        self.putters.clear();
        self.getters.clear();
        while let Ok(item) = self.queue.try_get() {
            self.expect_next(item);
        }
        assert!(self.queued.is_empty(), "something is left");
        for (_, item) in self.out.drain(..) {
            item.done();
        }
        assert_eq!(self.queue.counts(), (0, 0));
    }
}

fn holds<S: Subject>(steps: &[Step]) {
    let mut model = Model::<S>::new();
    for step in steps {
        model.run(*step);
        model.check();
    }
    model.drain();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_queue_does_what_its_model_does(steps in prop::collection::vec(step(), 0..120)) {
        holds::<Queue<u32>>(&steps);
    }

    #[test]
    fn a_lifo_queue_does_what_its_model_does(steps in prop::collection::vec(step(), 0..120)) {
        holds::<LifoQueue<u32>>(&steps);
    }

    #[test]
    fn a_priority_queue_does_what_its_model_does(steps in prop::collection::vec(step(), 0..120)) {
        holds::<PriorityQueue<u32, u8>>(&steps);
    }
}
