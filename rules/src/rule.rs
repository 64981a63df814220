//! What a rule is.

use std::fmt;

use crate::walk::Hook;

/// A mistake that Steadfast finds, with everything that is to be said about it.
///
/// All rules are in [`FAMILIES`](crate::FAMILIES); the documentation, `explain`, the configuration and the tests read
/// them from there.
pub struct Rule {
    /// The name in configuration, in `allow` and in messages, in `snake_case`.
    pub name: &'static str,
    /// What the rule is about.
    pub family: Family,
    /// The level without configuration.
    pub level: Level,
    /// The version that brought the rule.
    pub since: &'static str,
    /// One line: what it catches.
    pub summary: &'static str,
    /// What happens at run time, and why it is a mistake.
    pub explanation: &'static str,
    /// What the rule does not see, and what it lets pass on purpose.
    pub blind_spots: &'static str,
    /// A function that the rule reports.
    pub bad: &'static str,
    /// The same function done right; nothing is reported.
    pub good: &'static str,
    /// Identifiers of which at least one stands in every piece of code that the rule can report: anywhere, or `.name`
    /// behind a dot. Among them are signs, which are seen in tokens only. Empty: any code.
    pub triggers: &'static [&'static str],
    /// Whether tests and benchmarks are checked as well.
    pub in_tests: bool,
    /// Whether the level is one step lower where the mistake costs less: at start-up and in constructors. Whatever
    /// this says, a rule only warns in closures that are no more than likely to run in place.
    pub eases: bool,
    pub(crate) hooks: &'static [Hook],
}

impl Rule {
    /// The last line of every report: the rule's name and how to allow it.
    pub fn footer(&self) -> String {
        let name = self.name;
        format!("rule `{name}`; where it is meant: `#[steadfast::allow({name}, reason = \"..\")]`")
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule").field("name", &self.name).finish_non_exhaustive()
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Rule {}

/// What a rule is about. The families are the sections of the documentation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Family {
    /// The thread of the runtime is blocked.
    Blocking,
    /// A guard, borrow or permit lives too long or too short.
    Guards,
    /// A future never runs, or runs wrong.
    Futures,
    /// A task is lost, or its result is.
    Tasks,
    /// Cancellation, `select!`, timeouts and loops over channels.
    Cancellation,
    /// Connections, timers, retries and sizes.
    Resources,
    /// The rules about rules: `allow` and its like.
    Meta,
}

impl Family {
    /// The heading of the family in the documentation.
    pub fn title(self) -> &'static str {
        match self {
            Self::Blocking => "Blocking the runtime",
            Self::Guards => "Guards, borrows and permits",
            Self::Futures => "Futures that never run",
            Self::Tasks => "Tasks",
            Self::Cancellation => "Cancellation, select and loops over channels",
            Self::Resources => "Clients, timers and retries",
            Self::Meta => "The rules themselves",
        }
    }
}

/// How serious a finding is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Not reported.
    Off,
    /// Reported; the code compiles.
    Warn,
    /// Reported; the code does not compile, or the check fails.
    Error,
}

impl Level {
    /// One step less serious.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Error => Self::Warn,
            Self::Warn | Self::Off => Self::Off,
        }
    }
}
