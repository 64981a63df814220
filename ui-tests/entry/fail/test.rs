//! What `#[test]` cannot run. All mistakes at once.
#[steadfast::test(timeuot = 1s, limit = 2s, leaks = fine, seed = "x")]
async fn arguments() {}

#[steadfast::test(timeout = 0s, start_paused = true, worker_threads = 2)]
async fn contradictions() {}

#[steadfast::test]
fn plain(_n: u32) {}

fn main() {}
