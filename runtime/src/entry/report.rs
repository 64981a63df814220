//! What a program says when something does not end.

use std::time::Duration;

use crate::tracker::Living;

pub(super) fn aborted(living: &[Living], grace: Duration) {
    say(living, &format!("still running {grace:?} after they were asked to stop, and aborted"));
}

pub(super) fn left(living: &[Living], grace: Duration) {
    say(living, &format!("did not end within another {grace:?}, and are left behind"));
}

/// What nobody has joined, with debugging on: `raw` tasks that go down with the runtime, and `orphans` that had lost their
/// scope.
pub(super) fn not_joined(raw: usize, orphans: usize) {
    let tasks = |count: usize| if count == 1 { "task" } else { "tasks" };
    if raw > 0 {
        eprintln!(
            "steadfast: {raw} {} of `tokio::spawn` nobody has joined, and dropped unfinished",
            tasks(raw)
        );
    }
    if orphans > 0 {
        eprintln!("steadfast: {orphans} {} lost the scope, and nobody waited for the end", tasks(orphans));
    }
}

fn say(living: &[Living], what: &str) {
    if living.is_empty() {
        return;
    }
    let tasks = if living.len() == 1 { "task" } else { "tasks" };
    eprintln!("steadfast: {} {tasks} {what}:", living.len());
    for task in living {
        eprintln!("  {task}");
    }
}
