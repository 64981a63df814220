//! What a scope looks like, by chance.

use std::time::Duration;

use steadfast::scope::Panics;
use steadfast_tests::Random;

use super::ledger::Rules;

/// What its children's errors do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnError {
    FailFast,
    Collect,
    /// The handler panics too, now and then.
    Supervise,
}

/// How the body ends, if nothing ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finish {
    Value,
    Fault,
    Panic,
    /// Cancels the scope, and returns.
    Cancel,
    /// Cancels the scope, and waits to be stopped.
    CancelAndWait,
    /// Waits for the deadline.
    Wait,
}

/// Who gives up on the scope, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrap {
    Nobody,
    Timeout(Duration),
    /// The other branch of a `select!`, after so many turns.
    Select(u64),
    /// After so many polls.
    Polls(usize),
}

#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) on_error: OnError,
    pub(crate) panics: Panics,
    pub(crate) limit: Option<usize>,
    pub(crate) grace: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) abandon_after: Option<Duration>,
    pub(crate) children: u64,
    pub(crate) finish: Finish,
    pub(crate) wrap: Wrap,
}

impl Shape {
    pub(crate) fn new(random: &mut Random, abandons: bool) -> Self {
        let deadline = random.percent(15).then(|| micros(random, 2_500));
        let finish = match random.below(100) {
            0..10 => Finish::Fault,
            10..14 => Finish::Panic,
            14..20 => Finish::Cancel,
            20..26 => Finish::CancelAndWait,
            26..40 if deadline.is_some() => Finish::Wait,
            _ => Finish::Value,
        };
        Self {
            on_error: match random.below(4) {
                0 => OnError::Collect,
                1 => OnError::Supervise,
                _ => OnError::FailFast,
            },
            panics: if random.percent(50) { Panics::Collect } else { Panics::Propagate },
            limit: random.percent(25).then(|| 1 + usize::try_from(random.below(3)).expect("few")),
            grace: random.percent(20).then(|| micros(random, 1_500)),
            deadline,
            abandon_after: (abandons && random.percent(50)).then(|| micros(random, 500)),
            children: random.below(7),
            finish,
            wrap: match random.below(100) {
                0..8 => Wrap::Timeout(micros(random, 2_000)),
                8..16 => Wrap::Select(random.below(12)),
                16..24 => Wrap::Polls(usize::try_from(random.below(6)).expect("few")),
                _ => Wrap::Nobody,
            },
        }
    }

    pub(crate) fn rules(&self) -> Rules {
        Rules::Group {
            collects_errors: self.on_error == OnError::Collect,
            collects_panics: self.panics == Panics::Collect,
            abandons: self.abandon_after.is_some(),
        }
    }

    /// Whether something ends the scope, with children that do not end by themselves.
    pub(crate) fn ends_its_children(&self) -> bool {
        // With a limit the body may wait for their places before it comes to that.
        self.deadline.is_some() || (self.limit.is_none() && self.finish != Finish::Value)
    }
}

pub(crate) fn micros(random: &mut Random, end: u64) -> Duration {
    Duration::from_micros(random.below(end))
}
