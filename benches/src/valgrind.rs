//! One subject in a process of its own under valgrind.
//!
//! A process makes `n` calls and is counted as a whole, twice: what it takes to start and to end is the same both
//! times and drops out of the difference.

use std::process::{Command, Stdio};

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

/// Counts subject number `index` of [`subjects`](crate::sides::subjects), which implements `case`.
///
/// # Errors
/// A text for the user: what valgrind or the subject said.
pub fn count(index: usize, case: Case) -> Result<PerCall, String> {
    let (few, many) = match case {
        Case::Ready(_) | Case::Suspends(_) | Case::Refused => (1_000, 3_000),
        // Each of these sleeps a millisecond. A budget starts with a hundred tokens.
        Case::OneRetry | Case::TimedOut => (10, 90),
    };
    #[expect(clippy::cast_precision_loss, reason = "nothing runs for 2^53 instructions here")]
    let per_call = |count: fn(usize, u64) -> Result<u64, String>| {
        let (low, high) = (count(index, few)?, count(index, many)?);
        Ok::<_, String>(high.saturating_sub(low) as f64 / (many - few) as f64)
    };
    Ok(PerCall { instructions: per_call(instructions)?, allocations: per_call(allocations)? })
}

fn instructions(index: usize, n: u64) -> Result<u64, String> {
    let said = run(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], index, n)?;
    number_after(&said, "Collected :")
}

fn allocations(index: usize, n: u64) -> Result<u64, String> {
    let said = run(&["--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"], index, n)?;
    number_after(&said, "total heap usage:")
}

fn run(tool: &[&str], index: usize, n: u64) -> Result<String, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(tool)
        .arg(this)
        .args(["--run", &index.to_string(), &n.to_string()])
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
