//! Polls that take too long.

use std::thread;

use super::*;

/// A machine with much to do keeps a thread waiting for a while, which must not count as slow here.
const LIMIT: Duration = Duration::from_millis(200);
/// None sleeps for less than it was told to.
const LONGER: Duration = Duration::from_millis(210);

fn watch() -> Watched {
    Watched::start(Watch::new().slow_poll(LIMIT).blocked_after(PATIENCE))
}

/// The slow polls of tasks of that name.
fn slow(reports: &[Report], name: &str) -> Vec<(TaskInfo, Duration, u64)> {
    let slow = |report: &Report| match report {
        Report::SlowPoll { task, took, more, .. } => Some((task.clone(), *took, *more)),
        _ => None,
    };
    reports.iter().filter_map(slow).filter(|(task, ..)| is_named(task, name)).collect()
}

#[tokio::test]
async fn a_slow_poll_is_told_with_its_task_and_place() {
    let mut watched = watch();
    let line = line!() + 2;
    let outcome: Outcome<()> = scope(async |s| {
        s.spawn_named("parser", async {
            tokio::task::yield_now().await;
            thread::sleep(LONGER);
            tokio::task::yield_now().await;
            Ok(())
        });
        Ok(())
    })
    .await;
    outcome.unwrap();
    let reports = watched.end();
    let [(task, took, more)] = &slow(&reports, "parser")[..] else { panic!("{reports:?}") };
    assert_eq!((task.polls(), task.location().line(), *more), (2, line, 0));
    assert!(task.location().file().ends_with("slow.rs") && *took >= LONGER, "{task} {took:?}");
    let texts: Vec<_> = reports.iter().map(ToString::to_string).collect();
    let text = texts.iter().find(|text| text.starts_with("slow poll: task `parser`, spawned at "));
    assert!(
        text.is_some_and(|text| text.contains("slow.rs:") && text.contains(", kept its thread for 2")),
        "{texts:?}"
    );
}

#[allow(clippy::unused_async, reason = "it is a task's")]
async fn slept() -> Result<u32, &'static str> {
    thread::sleep(LONGER);
    Ok(7)
}

const IN_MUST_JOIN: u32 = line!() + 4;
#[steadfast::must_join]
#[steadfast::allow(blocking_sleep, reason = "to be slow")]
async fn joined() {
    tokio::spawn(async { thread::sleep(LONGER) });
}

#[tokio::test]
async fn whatever_has_an_owner_is_watched() {
    let mut watched = watch();
    let first = line!() + 1;
    steadfast::detach("detached", async { thread::sleep(LONGER) }).await.unwrap();
    steadfast::gather((slept(), async { Ok::<(), &'static str>(()) })).await.unwrap();
    joined().await;
    let reports = watched.end();
    let is_at = |report: &Report, line: u32| match report {
        Report::SlowPoll { task, .. } => {
            task.location().file().ends_with("slow.rs") && task.location().line() == line
        }
        _ => false,
    };
    for line in [first, first + 1, IN_MUST_JOIN] {
        assert!(reports.iter().any(|report| is_at(report, line)), "{line}: {reports:?}");
    }
}

#[tokio::test]
async fn what_may_take_long_is_not_told() {
    let mut watched = watch();
    let outcome: Outcome<()> = scope(async |s| {
        s.spawn_blocking_named("on the pool", || {
            thread::sleep(LONGER);
            Ok(())
        });
        s.spawn_named("waits", async {
            tokio::time::sleep(LONGER).await;
            Ok(())
        });
        Ok(())
    })
    .await;
    outcome.unwrap();
    let reports = watched.end();
    assert!(slow(&reports, "on the pool").is_empty(), "{reports:?}");
}

/// Whoever listens sees one of many; how many there were is said when the next one is told.
#[tokio::test]
async fn one_place_is_told_once_in_a_while() {
    let mut watched = watch();
    for _ in 0..3 {
        let task = steadfast::detach("again and again", async { thread::sleep(LONGER) });
        task.await.unwrap();
    }
    let reports = watched.end();
    assert_eq!(slow(&reports, "again and again").len(), 1, "{reports:?}");
}

/// The limit of a block is that of the report, so that its end is told whatever was told before.
#[tokio::test]
async fn a_poll_that_counts_as_blocking_is_always_told() {
    let mut watched = Watched::start(Watch::new().slow_poll(LIMIT).blocked_after(LONGER));
    for _ in 0..3 {
        let task = steadfast::detach("long each time", async { thread::sleep(LONGER) });
        task.await.unwrap();
    }
    let reports = watched.end();
    assert_eq!(slow(&reports, "long each time").len(), 3, "{reports:?}");
}

#[steadfast::test]
async fn the_body_of_a_test_is_watched_too() {
    let mut watched = watch();
    tokio::task::yield_now().await;
    let own = steadfast::tasks()[0].id();
    thread::sleep(LONGER);
    tokio::task::yield_now().await;
    let reports = watched.end();
    assert!(slow(&reports, "test").iter().any(|(task, ..)| task.id() == own), "{reports:?}");
}

/// The task, its scope and the next report live on when whoever is told panics.
#[tokio::test]
#[allow(clippy::await_holding_lock, reason = "nobody else of this thread wants it")]
async fn a_listener_that_panics_loses_its_report_and_nothing_else() {
    let _alone = alone();
    let (sender, reports) = channel();
    let watching = Watch::new().slow_poll(LIMIT).report_to(move |report| {
        let Report::SlowPoll { task, .. } = report else { return };
        assert!(!is_named(task, "panics on it"), "in the listener");
        sender.send(task.clone()).unwrap();
    });
    let watching = watching.start();
    for name in ["panics on it", "told after it"] {
        let outcome: Outcome<u32> = scope(async |s| {
            // Two places, for each is told once.
            #[allow(clippy::if_same_then_else, reason = "the place is not the same")]
            let task = if name == "panics on it" {
                s.spawn_named(name, slept())
            } else {
                s.spawn_named(name, slept())
            };
            task.await.map_err(|_| "cancelled")?
        })
        .await;
        assert_eq!(outcome.unwrap(), 7);
    }
    drop(watching);
    assert!(reports.try_iter().any(|task| is_named(&task, "told after it")));
}

#[test]
fn without_a_runtime_there_is_nothing_to_watch() {
    let panic = std::panic::catch_unwind(|| Watch::new().start()).unwrap_err();
    let text = panic.downcast_ref::<&str>().unwrap();
    assert!(
        text.starts_with("`Watch::start` watches the current tokio runtime, and there is none here"),
        "{text}"
    );
}
