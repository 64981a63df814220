//! The retry budget: against a model of its own, as a storm of failures sees it, and from many threads.

use proptest::prelude::*;
use std::time::Duration;
use steadfast::Budget;
use tokio::time::advance;

const SEC: Duration = Duration::from_secs(1);

/// The budget without slices: every event is kept with its time, and a batch of deposits with its stretch of time.
///
/// All times are nanoseconds since the first look.
struct Model {
    ratio: f64,
    reserve: f64,
    ttl: i64,
    now: i64,
    /// `None` before the first look.
    looked: Option<i64>,
    unseen: u32,
    /// Start, end and tokens of each batch.
    deposits: Vec<(i64, i64, f64)>,
    withdrawals: Vec<i64>,
}

impl Model {
    fn new(ratio: f64, min_per_sec: u32, ttl: Duration) -> Self {
        Self {
            ratio,
            reserve: f64::from(min_per_sec) * ttl.as_secs_f64(),
            ttl: nanos(ttl),
            now: 0,
            looked: None,
            unseen: 0,
            deposits: Vec::new(),
            withdrawals: Vec::new(),
        }
    }

    fn advance(&mut self, time: Duration) {
        // Before the first look no time passes for the budget.
        if self.looked.is_some() {
            self.now += nanos(time);
        }
    }

    fn look(&mut self) {
        let tokens = f64::from(std::mem::take(&mut self.unseen)) * self.ratio;
        let batch = match self.looked.replace(self.now) {
            Some(looked) => (looked, self.now, tokens),
            None => (0, 0, tokens.min(10.0 * seconds(self.ttl))),
        };
        self.deposits.push(batch);
    }

    fn deposited_since(&self, start: i64) -> f64 {
        let share = |&(from, to, tokens): &(i64, i64, f64)| match to - from {
            0 => f64::from(u8::from(from >= start)) * tokens,
            length => tokens * seconds((to - from.max(start)).max(0)) / seconds(length),
        };
        self.deposits.iter().map(share).sum()
    }

    fn withdrawn_since(&self, start: i64) -> f64 {
        self.withdrawals.iter().filter(|&&at| at >= start).map(|_| 1.0).sum()
    }

    /// Where the window begins: at the start of the slice that is nine before the present one.
    fn start(&self) -> i64 {
        let width = self.ttl / 10;
        (self.now / width - 9) * width
    }

    fn balance(&self) -> f64 {
        self.reserve + self.deposited_since(self.start()) - self.withdrawn_since(self.start())
    }

    /// What no way of slicing the window may leave: each event counts for 9/10 of the ttl at least, and for the ttl at
    /// most.
    fn bounds(&self) -> (f64, f64) {
        let (surely, maybe) = (self.now - self.ttl / 10 * 9, self.now - self.ttl);
        let low = self.deposited_since(surely) - self.withdrawn_since(maybe);
        let high = self.deposited_since(maybe) - self.withdrawn_since(surely);
        (self.reserve + low, self.reserve + high)
    }

    fn give_back(&mut self) {
        let start = self.start();
        if let Some(oldest) = self.withdrawals.iter().position(|&at| at >= start) {
            self.withdrawals.remove(oldest);
        }
    }
}

fn nanos(time: Duration) -> i64 {
    i64::try_from(time.as_nanos()).unwrap()
}

fn seconds(nanos: i64) -> f64 {
    Duration::from_nanos(u64::try_from(nanos).unwrap()).as_secs_f64()
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Advance(Duration),
    Deposit(u32),
    Withdraw(u32),
    GiveBack,
    Balance,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let advance = prop_oneof![
        // Whole slices, so that events fall on their edges; and any time at all.
        (0..30_u32).prop_map(|tenths| SEC / 10 * tenths),
        (0..15_000_u64).prop_map(Duration::from_millis),
        (0..30_000_000_000_u64).prop_map(Duration::from_nanos),
        (0..4_u64).prop_map(|hours| SEC * 3600 * u32::try_from(hours).unwrap()),
    ];
    let step = prop_oneof![
        4 => advance.prop_map(Step::Advance),
        3 => (0..200_u32).prop_map(Step::Deposit),
        1 => (0..10_000_u32).prop_map(Step::Deposit),
        4 => (1..60_u32).prop_map(Step::Withdraw),
        2 => Just(Step::GiveBack),
        1 => Just(Step::Balance),
    ];
    proptest::collection::vec(step, 1..60)
}

fn near(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-6
}

/// Runs a future on a paused clock of its own.
fn on_a_paused_clock<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(future)
}

async fn follow(budget: Budget, mut model: Model, steps: Vec<Step>) -> Result<(), TestCaseError> {
    for step in steps {
        match step {
            Step::Advance(time) => {
                advance(time).await;
                model.advance(time);
                continue;
            }
            Step::Deposit(count) => {
                (0..count).for_each(|_| budget.deposit());
                model.unseen += count;
                continue;
            }
            Step::Withdraw(count) => {
                for _ in 0..count {
                    model.look();
                    let allowed = budget.try_withdraw();
                    let expected = model.balance() >= 1.0;
                    // On the edge itself the two may round differently.
                    prop_assert!(allowed == expected || near(model.balance(), 1.0), "{}", model.balance());
                    if allowed {
                        model.withdrawals.push(model.now);
                    }
                }
            }
            Step::GiveBack => {
                model.look();
                budget.give_back();
                model.give_back();
            }
            Step::Balance => {}
        }
        model.look();
        let balance = budget.balance();
        prop_assert!(near(balance, model.balance()), "{balance} is not {} after {step:?}", model.balance());
        let (low, high) = model.bounds();
        prop_assert!(balance >= low - 1e-6, "{balance} is below {low} after {step:?}");
        prop_assert!(balance <= high + 1e-6, "{balance} is above {high} after {step:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn follows_the_model(
        ratio in prop_oneof![Just(0.2), Just(0.0), Just(1.0), 0.0..=1.0],
        min_per_sec in prop_oneof![Just(10_u32), Just(0), 0..50_u32],
        ttl in prop_oneof![Just(10_000_u64), Just(1_000), Just(60_000), 1_000..=60_000_u64],
        steps in steps(),
    ) {
        let ttl = Duration::from_millis(ttl);
        let budget = Budget::new().ratio(ratio).min_per_sec(min_per_sec).ttl(ttl);
        on_a_paused_clock(follow(budget, Model::new(ratio, min_per_sec, ttl), steps))?;
    }

    #[test]
    fn without_ratio_and_reserve_nothing_is_ever_allowed(steps in steps()) {
        let budget = Budget::new().ratio(0.0).min_per_sec(0);
        on_a_paused_clock(async {
            for step in steps {
                match step {
                    Step::Advance(time) => advance(time).await,
                    Step::Deposit(count) => (0..count).for_each(|_| budget.deposit()),
                    Step::GiveBack => budget.give_back(),
                    Step::Withdraw(_) | Step::Balance => {}
                }
                prop_assert!(!budget.try_withdraw());
                prop_assert!(budget.balance().abs() < 1e-12);
            }
            Ok(())
        })?;
    }

    #[test]
    fn after_the_ttl_all_is_as_at_first(
        ttl in 1..=60_u32,
        deposits in 0..5_000_u32,
        wait in 0..5_000_u64,
        withdrawals in 0..2_000_u32,
    ) {
        let budget = Budget::new().ttl(SEC * ttl);
        let reserve = f64::from(10 * ttl);
        on_a_paused_clock(async {
            (0..deposits).for_each(|_| budget.deposit());
            for _ in 0..withdrawals {
                advance(Duration::from_millis(wait) / 1000).await;
                let _ = budget.try_withdraw();
            }
            prop_assert!(withdrawals == 0 || budget.balance() < reserve + f64::from(deposits) * 0.2);
            let _ = budget.balance();
            advance(SEC * ttl).await;
            prop_assert!(near(budget.balance(), reserve), "{}", budget.balance());
            Ok(())
        })?;
    }
}

fn withdrawals(budget: &Budget, tries: usize) -> usize {
    (0..tries).filter(|_| budget.try_withdraw()).count()
}

#[tokio::test(start_paused = true)]
async fn the_reserve_may_be_spent_at_once_and_comes_back_after_the_ttl() {
    let budget = Budget::new();
    assert_eq!(withdrawals(&budget, 1000), 100);
    advance(SEC * 8).await;
    assert_eq!(withdrawals(&budget, 1000), 0);
    advance(SEC * 2).await;
    assert_eq!(withdrawals(&budget, 1000), 100);
}

#[tokio::test(start_paused = true)]
async fn a_fifth_of_the_calls_that_ended_well_may_be_retried() {
    let budget = Budget::new().min_per_sec(0);
    assert!(!budget.try_withdraw());
    (0..50).for_each(|_| budget.deposit());
    advance(SEC).await;
    assert_eq!(withdrawals(&budget, 1000), 10);
}

#[tokio::test(start_paused = true)]
async fn hours_without_a_failure_do_not_pay_for_a_storm() {
    let seen = Budget::new();
    assert!(seen.balance() > 99.0);
    let fresh = Budget::new();
    // A thousand calls a second for an hour.
    for budget in [&seen, &fresh] {
        (0..3_600_000).for_each(|_| budget.deposit());
    }
    advance(SEC * 3600).await;
    // Nine to ten seconds of it count, where the time is known.
    let seen = withdrawals(&seen, 10_000);
    assert!((100 + 1_800..=100 + 2_000).contains(&seen), "{seen}");
    // And as much as the reserve, where it is not.
    assert_eq!(withdrawals(&fresh, 10_000), 200);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_down_sees_only_the_reserve() {
    let budget = Budget::new();
    let mut retries = 0;
    for _ in 0..600 {
        retries += withdrawals(&budget, 100);
        advance(SEC / 10).await;
    }
    // 60 s: the first hundred at once, and then a hundred for each 9 to 10 s.
    assert!((600..=700).contains(&retries), "{retries} retries of 60000 failed calls");
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_given_back_is_there_at_once() {
    let budget = Budget::new().min_per_sec(1).ttl(SEC);
    assert!(budget.try_withdraw());
    assert!(!budget.try_withdraw());
    budget.give_back();
    assert!(budget.try_withdraw());
}

#[tokio::test(start_paused = true)]
async fn a_token_that_has_come_back_by_itself_is_not_given_back_twice() {
    let budget = Budget::new().min_per_sec(1).ttl(SEC);
    assert!(budget.try_withdraw());
    advance(SEC).await;
    budget.give_back();
    assert_eq!(withdrawals(&budget, 10), 1);
}

#[test]
fn the_same_name_is_the_same_budget() {
    let budget = Budget::named("one");
    on_a_paused_clock(async {
        assert_eq!(withdrawals(Budget::named("one"), 1000), 100);
        assert!(!budget.try_withdraw());
        assert!(Budget::named("another").try_withdraw());
    });
}

#[test]
fn every_runtime_with_a_paused_clock_can_use_the_same_static() {
    static BUDGET: Budget = Budget::new();
    on_a_paused_clock(async {
        advance(SEC * 3600 * 24 * 365).await;
        assert_eq!(withdrawals(&BUDGET, 1000), 100);
    });
    // This clock is a year behind.
    on_a_paused_clock(async {
        assert_eq!(withdrawals(&BUDGET, 1000), 100);
        advance(SEC * 10).await;
        assert_eq!(withdrawals(&BUDGET, 1000), 100);
    });
}

#[test]
fn no_token_is_lost_or_made_between_threads() {
    const THREADS: usize = 8;
    const EACH: usize = 1000;
    let budget = Budget::new().ratio(0.25).min_per_sec(0).ttl(SEC * 60);
    // From here on the times are known.
    assert!(!budget.try_withdraw());
    let allowed: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let mut allowed = 0;
                    for _ in 0..EACH {
                        budget.deposit();
                        if budget.try_withdraw() {
                            allowed += 1;
                        }
                    }
                    allowed
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(allowed + withdrawals(&budget, EACH), THREADS * EACH / 4);
}
