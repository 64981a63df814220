//! One subject in a process of its own under valgrind.
//!
//! A process makes `n` calls and is counted as a whole, twice: what it takes to start and to end is the same both
//! times and drops out of the difference.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::Case;

/// What one call takes.
#[derive(Clone, Copy, Debug)]
pub struct PerCall {
    /// Instructions of the program; those of the kernel are not seen.
    pub instructions: f64,
    /// Blocks of heap memory.
    pub allocations: f64,
}

/// Says how to get valgrind if it is not there.
///
/// # Errors
/// A text for the user.
pub fn available() -> Result<(), String> {
    match Command::new("valgrind").arg("--version").stdout(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err("valgrind is missing, so neither instructions nor allocations can be counted.\n\
                  Debian, Ubuntu: apt-get install valgrind; Fedora: dnf install valgrind; Arch: pacman -S valgrind.\n\
                  It runs on Linux; nothing but these two counts needs it (see --sizes and --compile)."
            .to_owned()),
    }
}

/// What a process is told to do, and how often in the two counts that are compared.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// The argument that says what the number means.
    pub flag: &'static str,
    /// The number of the subject.
    pub index: usize,
    /// Calls of the first process.
    pub few: u64,
    /// Calls of the second one.
    pub many: u64,
    /// Whether allocations are counted too, which takes two more processes.
    pub allocations: bool,
}

impl Counted {
    /// Subject number `index` of [`subjects`](crate::sides::subjects), which implements `case`.
    #[must_use]
    pub const fn subject(index: usize, case: Case) -> Self {
        let (few, many) = match case {
            Case::Ready(_) | Case::Suspends(_) | Case::Refused => (1_000, 3_000),
            // Each of these sleeps a millisecond. A budget starts with a hundred tokens.
            Case::OneRetry | Case::TimedOut => (10, 90),
        };
        Self { flag: "--run", index, few, many, allocations: true }
    }

    /// Counts what one call takes.
    ///
    /// # Errors
    /// A text for the user: what valgrind or the subject said.
    pub fn count(self) -> Result<PerCall, String> {
        let allocations = if self.allocations { self.per_call(allocations)? } else { 0.0 };
        Ok(PerCall { instructions: self.per_call(instructions)?, allocations })
    }

    #[expect(clippy::cast_precision_loss, reason = "nothing runs for 2^53 instructions here")]
    fn per_call(self, count: fn(Self, u64) -> Result<u64, String>) -> Result<f64, String> {
        let (low, high) = (count(self, self.few)?, count(self, self.many)?);
        Ok(high.saturating_sub(low) as f64 / (self.many - self.few) as f64)
    }
}

/// Counts all of them, and gives what each takes in the same order.
///
/// Instructions do not depend on what else runs, so the processes may run side by side.
///
/// # Errors
/// As [`Counted::count`].
pub fn count_all(all: &[Counted]) -> Result<Vec<PerCall>, String> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let mut measured = thread::scope(|scope| {
        let work = || -> Result<Vec<(usize, PerCall)>, String> {
            let mut own = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(counted) = all.get(at) else { return Ok(own) };
                own.push((at, counted.count()?));
            }
        };
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let mut measured = Vec::new();
        for worker in workers {
            measured.extend(worker.join().map_err(|_| "a worker panicked".to_owned())??);
        }
        Ok::<_, String>(measured)
    })?;
    measured.sort_unstable_by_key(|(at, _)| *at);
    Ok(measured.into_iter().map(|(_, per_call)| per_call).collect())
}

fn instructions(counted: Counted, n: u64) -> Result<u64, String> {
    let said = run(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], counted, n)?;
    number_after(&said, "Collected :")
}

fn allocations(counted: Counted, n: u64) -> Result<u64, String> {
    let said = run(&["--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"], counted, n)?;
    number_after(&said, "total heap usage:")
}

fn run(tool: &[&str], counted: Counted, n: u64) -> Result<String, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(tool)
        .arg(this)
        .args([counted.flag, &counted.index.to_string(), &n.to_string()])
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(said) } else { Err(said) }
}

fn number_after(text: &str, label: &str) -> Result<u64, String> {
    let (_, rest) = text.split_once(label).ok_or_else(|| format!("no `{label}` in:\n{text}"))?;
    let number = rest.split_whitespace().next().unwrap_or_default().replace(',', "");
    number.parse().map_err(|_| format!("no number after `{label}` in:\n{text}"))
}
