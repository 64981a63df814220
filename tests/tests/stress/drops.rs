//! Callers of the full stack that go away at random: nothing stays behind.

use super::*;

struct World {
    limit: Bulkhead,
    budget: Budget,
    tokens: f64,
    begun: AtomicUsize,
    calls: AtomicUsize,
    /// In the body.
    inside: AtomicUsize,
    most: AtomicUsize,
    /// Bodies that came to their end, for what they return.
    rolls: AtomicUsize,
    /// What the body returned, and what was taken away in the middle of it.
    ended: AtomicUsize,
    interrupted: AtomicUsize,
}

impl World {
    fn new(limit: usize) -> Arc<Self> {
        let budget = Budget::new().ratio(0.0).min_per_sec(1_000_000).ttl(secs(60));
        Arc::new(Self {
            limit: Bulkhead::new(limit),
            tokens: budget.balance(),
            budget,
            begun: AtomicUsize::new(0),
            rolls: AtomicUsize::new(0),
            calls: AtomicUsize::new(0),
            inside: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            ended: AtomicUsize::new(0),
            interrupted: AtomicUsize::new(0),
        })
    }

    fn enter(&self) -> Inside<'_> {
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(inside, Ordering::SeqCst);
        Inside { world: self, ended: false }
    }

    fn assert_all_back(&self, limit: usize, clock_runs: bool) {
        assert_eq!(self.inside.load(Ordering::SeqCst), 0);
        assert!(self.most.load(Ordering::SeqCst) <= limit);
        assert_eq!((self.limit.available(), self.limit.waiting()), (limit, 0), "permits and places");
        let spent = self.begun.load(Ordering::SeqCst) - self.calls.load(Ordering::SeqCst);
        let left = self.budget.balance();
        let spent = u32::try_from(spent).map(f64::from).expect("less than a million");
        // Where the clock runs, what was spent comes back by itself after a minute.
        let least = self.tokens - spent;
        assert!(left > least - 1e-3, "{left} tokens of {}, {spent} retries", self.tokens);
        assert!(clock_runs || left < least + 1e-3, "{left} tokens of {}, {spent} retries", self.tokens);
        // That all of this was no walk in the park.
        for (what, count) in [("ended", &self.ended), ("interrupted", &self.interrupted)] {
            assert!(count.load(Ordering::SeqCst) >= 100, "{what}: {count:?}");
        }
        assert!(spent >= 100.0, "{spent} retries");
    }
}

struct Inside<'a> {
    world: &'a World,
    ended: bool,
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        self.world.inside.fetch_sub(1, Ordering::SeqCst);
        let count = if self.ended { &self.world.ended } else { &self.world.interrupted };
        count.fetch_add(1, Ordering::SeqCst);
    }
}

/// Counts an attempt when it begins, since each one gets a clone.
struct Begin {
    world: Arc<World>,
    first: std::sync::atomic::AtomicBool,
}

impl Begin {
    fn new(world: &Arc<World>) -> Self {
        Self { world: Arc::clone(world), first: true.into() }
    }
}

impl Clone for Begin {
    fn clone(&self) -> Self {
        self.world.begun.fetch_add(1, Ordering::SeqCst);
        self.world.calls.fetch_add(usize::from(self.first.swap(false, Ordering::SeqCst)), Ordering::SeqCst);
        Self { world: Arc::clone(&self.world), first: false.into() }
    }
}

#[timeout(attempt = 300ms, total = 2s)]
#[retry(on = any, attempts = unlimited, backoff = exp(100ms, cap = 400ms), idempotent, budget = world.budget)]
#[bounded(by = world.limit, queue = 200, max_wait = 200ms)]
async fn on_the_clock(world: &World, begin: Begin, stay: Duration, fails: u64) -> io::Result<()> {
    drop(begin);
    let mut inside = world.enter();
    sleep(stay).await;
    inside.ended = true;
    if world.rolls.fetch_add(1, Ordering::SeqCst) as u64 % 4 < fails {
        Err(io::ErrorKind::BrokenPipe.into())
    } else {
        Ok(())
    }
}

#[test]
fn of_ten_thousand_at_random_times_on_the_paused_clock() {
    for seed in 0..2 {
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().expect("no I/O");
        runtime.block_on(async {
            let mut random = Random::new(seed);
            let world = World::new(8);
            let mut callers = JoinSet::new();
            for _ in 0..CALLERS {
                let world = Arc::clone(&world);
                // Before the budget forgets the first of them.
                let arrives = ms(random.below(50_000));
                let (stay, fails) = (ms(random.below(200)), random.below(4));
                let goes = ms(random.below(2_500));
                callers.spawn(async move {
                    sleep(arrives).await;
                    let call = on_the_clock(&world, Begin::new(&world), stay, fails);
                    let _ = tokio::time::timeout(goes, call).await;
                });
            }
            join_all(callers).await;
            world.assert_all_back(8, false);
        });
    }
}

#[timeout(attempt = 1h, total = 2h)]
#[retry(on = any, attempts = unlimited, backoff = steadfast::backoff::from_fn(|_, _| Duration::ZERO), jitter = none, budget = world.budget)]
#[bounded(by = world.limit, queue = 100_000)]
async fn on_many_threads(world: &World, begin: Begin, stay: u64) -> io::Result<()> {
    drop(begin);
    let mut inside = world.enter();
    for _ in 0..stay {
        yield_now().await;
    }
    inside.ended = true;
    if world.rolls.fetch_add(1, Ordering::SeqCst).is_multiple_of(2) {
        Err(io::ErrorKind::BrokenPipe.into())
    } else {
        Ok(())
    }
}

/// No clock here: a caller goes away after so many polls, in the queue, inside, in a pause, or not at all.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_ten_thousand_after_random_polls_on_many_threads() {
    let mut random = Random::new(42);
    let world = World::new(8);
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let world = Arc::clone(&world);
        let (stay, polls) = (random.below(10), random.below(30));
        callers.spawn(async move {
            let call = on_many_threads(&world, Begin::new(&world), stay);
            let outcome = poll_at_most(usize::try_from(polls).expect("few"), call).await;
            assert!(outcome.is_none_or(|outcome| outcome.is_ok()));
        });
    }
    join_all(callers).await;
    world.assert_all_back(8, true);
}

#[bounded(3, key = key, max_keys = 20)]
async fn by_key(key: u64, stay: u64) -> Result<(), PolicyError> {
    for _ in 0..stay {
        yield_now().await;
    }
    Ok(())
}

/// With all of its rooms free again, sixty callers get in at once, three for each of twenty new keys, and no more.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_ten_thousand_with_keys_after_random_polls_on_many_threads() {
    let mut random = Random::new(7);
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let (key, stay, polls) = (random.below(100), random.below(5), random.below(8));
        callers.spawn(
            async move { poll_at_most(usize::try_from(polls).expect("few"), by_key(key, stay)).await },
        );
    }
    join_all(callers).await;
    let mut after: Vec<_> = (0..61).map(|caller| Box::pin(by_key(1_000 + caller % 20, 1))).collect();
    for call in &mut after {
        assert!(futures::poll!(call.as_mut()).is_pending());
    }
    // Whoever is inside needs one more turn; whoever waits needs somebody to leave.
    let mut inside = 0;
    for call in after.iter_mut().rev() {
        inside += usize::from(futures::poll!(call.as_mut()).is_ready());
    }
    assert_eq!(inside, 60);
}
