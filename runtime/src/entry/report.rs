//! What a program says when something does not end.

use std::time::Duration;

use crate::tracker::Living;

pub(super) fn aborted(living: &[Living], grace: Duration) {
    say(living, &format!("still running {grace:?} after they were asked to stop, and aborted"));
}

pub(super) fn left(living: &[Living], grace: Duration) {
    say(living, &format!("did not end within another {grace:?}, and are left behind"));
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
