//! Runtimes that are blocked. What blocks them does so until the watchdog has said it, so nothing depends on the clock.

use std::sync::mpsc::{RecvTimeoutError, Sender};
use std::thread;

use steadfast::TaskState;
use tokio::runtime::{Builder, Runtime};

use super::*;

const LIMIT: Duration = Duration::from_millis(40);

fn watch() -> Watch {
    Watch::new().slow_poll(PATIENCE).blocked_after(LIMIT)
}

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn two_workers() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Lets a task block until it is told to go on.
fn block() -> (impl FnOnce() + Send + 'static, Sender<()>) {
    let (go_on, told) = channel();
    let block = move || match told.recv_timeout(PATIENCE) {
        Ok(()) | Err(RecvTimeoutError::Disconnected) => {}
        Err(RecvTimeoutError::Timeout) => panic!("the watchdog has said nothing"),
    };
    (block, go_on)
}

/// The next report of the watchdog for which `is_it` holds; others are left aside.
fn next(watched: &Watched, is_it: impl Fn(&Report) -> bool) -> Report {
    loop {
        let report = watched.reports.recv_timeout(PATIENCE).expect("the watchdog says something");
        if is_it(&report) {
            return report;
        }
    }
}

#[test]
fn a_blocked_runtime_is_told_once_with_its_task_and_once_when_it_is_over() {
    let runtime = one_thread();
    let mut watched = {
        let _entered = runtime.enter();
        Watched::start(watch())
    };
    let (block, go_on) = block();
    let driver = thread::spawn(move || {
        runtime.block_on(async {
            steadfast::detach("blocks", async move { block() }).await.unwrap();
            // The heart beats again, and may be seen to.
            tokio::time::sleep(10 * LIMIT).await;
        });
        runtime
    });
    let blocked = next(&watched, |report| matches!(report, Report::RuntimeBlocked { .. }));
    let Report::RuntimeBlocked { lasts, polled, .. } = &blocked else { unreachable!("just seen") };
    assert!(*lasts >= LIMIT, "{lasts:?}");
    let task = polled.iter().find(|task| is_named(task, "blocks")).expect("it is named");
    assert_eq!(task.state(), TaskState::Running);
    assert!(task.since_last_poll().unwrap() >= LIMIT, "{task}");
    let text = blocked.to_string();
    assert!(text.starts_with("blocked runtime: no task was run for "), "{text}");
    assert!(text.contains("; it is in\n  task `blocks`, spawned at "), "{text}");
    go_on.send(()).unwrap();
    let over = next(&watched, |report| matches!(report, Report::RuntimeUnblocked { .. }));
    let Report::RuntimeUnblocked { lasted, .. } = over else { unreachable!("just seen") };
    assert!(lasted >= *lasts, "{lasted:?} {lasts:?}");
    let runtime = driver.join().unwrap();
    let rest = watched.end();
    let of_the_task =
        |report: &&Report| matches!(report, Report::LongPoll { task, .. } if is_named(task, "blocks"));
    assert_eq!(rest.iter().find(of_the_task).map(ToString::to_string), None, "it was said with the runtime");
    drop(runtime);
}

#[test]
fn a_blocked_worker_of_several_is_told_by_its_task() {
    let runtime = two_workers();
    let _entered = runtime.enter();
    let mut watched = Watched::start(watch());
    let (block, go_on) = block();
    let task = steadfast::detach("keeps a worker", async move { block() });
    let long = next(&watched, |report| matches!(report, Report::LongPoll { .. }));
    let Report::LongPoll { task: found, lasts, .. } = &long else { unreachable!("just seen") };
    assert!(is_named(found, "keeps a worker") && *lasts >= LIMIT, "{long}");
    let text = long.to_string();
    assert!(text.starts_with("blocked task: task `keeps a worker`, spawned at "), "{text}");
    // More looks than it takes to tell of the worker, too.
    thread::sleep(3 * LIMIT);
    go_on.send(()).unwrap();
    runtime.block_on(task).unwrap();
    let rest = watched.end();
    assert!(!rest.iter().any(|report| matches!(report, Report::LongPoll { .. })), "once: {rest:?}");
    assert!(!rest.iter().any(|report| matches!(report, Report::WorkerBlocked { .. })), "known: {rest:?}");
}

#[test]
fn a_worker_that_is_blocked_by_a_task_of_tokio_is_told_by_its_number() {
    let runtime = two_workers();
    let _entered = runtime.enter();
    let mut watched = Watched::start(watch());
    let (block, go_on) = block();
    let task = tokio::spawn(async move { block() });
    let found = next(&watched, |report| matches!(report, Report::WorkerBlocked { .. }));
    let Report::WorkerBlocked { worker, lasts, .. } = found else { unreachable!("just seen") };
    assert!(worker < 2 && lasts >= LIMIT, "{worker} {lasts:?}");
    go_on.send(()).unwrap();
    runtime.block_on(task).unwrap();
    let freed = next(&watched, |report| matches!(report, Report::WorkerUnblocked { .. }));
    let Report::WorkerUnblocked { worker: freed, lasted, .. } = freed else { unreachable!("just seen") };
    assert_eq!(freed, worker);
    assert!(lasted >= lasts, "{lasted:?} {lasts:?}");
    watched.end();
}

/// Of all threads of this process, by the name that Linux keeps 15 letters of.
#[cfg(target_os = "linux")]
fn watchdogs() -> usize {
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    let name = |thread: std::io::Result<std::fs::DirEntry>| {
        // It may have ended in the meantime.
        std::fs::read_to_string(thread.unwrap().path().join("comm")).unwrap_or_default()
    };
    threads.map(name).filter(|name| name.trim() == "steadfast-watch").count()
}

/// A thread takes its name itself, and is gone a moment after it was joined.
#[cfg(target_os = "linux")]
fn wait_for_watchdogs(count: usize) {
    let since = std::time::Instant::now();
    while watchdogs() != count {
        assert!(since.elapsed() < PATIENCE, "{} instead of {count}", watchdogs());
        thread::sleep(Duration::from_millis(1));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_thread_ends_with_the_watch_and_with_the_runtime() {
    let _alone = alone();
    wait_for_watchdogs(0);
    let runtime = one_thread();
    let start = || {
        let _entered = runtime.enter();
        watch().report_to(|_| {}).start()
    };
    let watching = start();
    wait_for_watchdogs(1);
    drop(watching);
    wait_for_watchdogs(0);

    let watching = start();
    wait_for_watchdogs(1);
    drop(runtime);
    wait_for_watchdogs(0);
    drop(watching);
}
