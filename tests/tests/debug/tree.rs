//! `task_tree()`: what lives, as text.

use steadfast::{TaskTree, task_tree, tasks};
use tokio::task::yield_now;

use super::*;

/// The tree without what differs from run to run: times, places within this file, how often the test itself was polled.
fn stable(tree: &TaskTree) -> String {
    let lines = tree.to_string();
    let stable_line = |line: &str| {
        let line =
            line.split_once(", running for ").map_or(line.to_owned(), |(line, _)| format!("{line}, running"));
        line.split(", ").map(stable_part).collect::<Vec<_>>().join(", ")
    };
    lines.lines().map(stable_line).collect::<Vec<_>>().join("\n")
}

fn stable_part(part: &str) -> String {
    match part.split_once(" at ") {
        Some((made, place)) => {
            let file = place.split(':').next().unwrap().rsplit(['/', '\\']).next().unwrap();
            format!("{made} at {file}")
        }
        None if part.ends_with(" old") => "old".to_owned(),
        None if part.starts_with("last ") => "last".to_owned(),
        None if part.starts_with("on the blocking pool for ") => "on the blocking pool".to_owned(),
        None => part.to_owned(),
    }
}

#[steadfast::test]
async fn parents_stand_before_their_children_and_each_line_says_what_it_does() {
    let mut kept = None;
    let outcome = Scope::options().name("crawl").run(async |s: Scope<&'static str>| {
        // In the body, so that the file ends if that does.
        let (end, ended) = channel::<()>();
        let (started, has_begun) = tokio::sync::oneshot::channel::<()>();
        kept = Some(s.clone());
        s.spawn_named("index", async {
            let inner = scope(async |s: Scope<&'static str>| {
                s.spawn(never());
                never().await
            });
            inner.await.map_err(|_| "inner")
        });
        s.spawn_blocking_named("file", move || {
            started.send(()).unwrap();
            ended.recv().map_err(|_| "gone")
        });
        has_begun.await.unwrap();
        // The index begins its scope, then that one's child waits.
        yield_now().await;
        s.spawn_named("late", async { Ok(()) });
        let tree = stable(&task_tree());
        let expected = "\
task `test`, spawned at tree.rs, old, running
└─ scope `crawl`, made at tree.rs, old
   ├─ task `index`, spawned at tree.rs, old, waiting, polls: 1, last
   │  └─ scope made at tree.rs, old
   │     └─ task spawned at tree.rs, old, waiting, polls: 1, last
   ├─ task `file`, spawned at tree.rs, old, on the blocking pool
   └─ task `late`, spawned at tree.rs, old, not polled yet";
        assert_eq!(tree, expected);
        end.send(()).unwrap();
        s.cancel("seen enough");
        Ok(())
    });
    outcome.await.unwrap();
    // A handle that outlives its scope keeps nothing in the list.
    assert_eq!(stable(&task_tree()), "task `test`, spawned at tree.rs, old, running");
    drop(kept);
}

/// A task that was aborted leaves a scope, and that one a thread which nobody can abort.
#[steadfast::test(flavor = "multi_thread")]
async fn an_entry_whose_parent_has_ended_says_so() {
    let (started, has_begun) = tokio::sync::oneshot::channel();
    let (end, ended) = channel::<()>();
    let parent = steadfast::detach("aborted", async move {
        let outcome: Outcome<()> = Scope::options()
            .name("orphan")
            .run(async |s: Scope<&'static str>| {
                s.spawn_blocking_named("stays", move || {
                    started.send(()).unwrap();
                    ended.recv().map_err(|_| "gone")
                });
                std::future::pending().await
            })
            .await;
        outcome
    });
    has_begun.await.unwrap();
    parent.abort();
    assert!(parent.await.unwrap_err().is_cancelled());
    let left: TaskTree = tasks().into_iter().filter(|task| !is_named(task, "test")).collect();
    let expected = "\
scope `orphan`, made at tree.rs, old, its parent has ended
└─ task `stays`, spawned at tree.rs, old, on the blocking pool";
    assert_eq!(stable(&left), expected);
    end.send(()).unwrap();
}

#[steadfast::test]
async fn a_tree_may_hold_some_of_the_entries() {
    let outcome: Outcome<()> = scope(async |s: Scope<&'static str>| {
        s.spawn_named("one", never());
        s.spawn_named("two", never());
        let two: TaskTree = tasks().into_iter().filter(|task| is_named(task, "two")).collect();
        let expected = "task `two`, spawned at tree.rs, old, not polled yet, its parent has ended";
        assert_eq!(stable(&two), expected);
        assert_eq!(two.entries().len(), 1);
        s.cancel("seen enough");
        Ok(())
    })
    .await;
    outcome.unwrap();
}

#[steadfast::test]
async fn a_test_sees_its_own_tasks_and_a_plain_thread_sees_all() {
    let names = |tasks: Vec<TaskInfo>| -> Vec<_> {
        tasks.iter().filter_map(|task| task.name().map(str::to_owned)).collect()
    };
    let task = steadfast::detach("only here", std::future::pending::<()>());
    let elsewhere = std::thread::spawn(|| {
        steadfast::entry::Test::current_thread().run(async {
            let task = steadfast::detach("only there", std::future::pending::<()>());
            let seen = tasks();
            task.abort();
            seen
        })
    });
    assert_eq!(names(elsewhere.join().unwrap()), ["test", "only there"]);
    assert_eq!(names(tasks()), ["test", "only here"]);
    let all = names(std::thread::spawn(tasks).join().unwrap());
    assert!(all.iter().any(|name| name == "only here"), "{all:?}");
    task.abort();
}

/// Deeper than a thread's stack would hold, if the lines were made by recursion.
#[steadfast::test(timeout = 1h)]
async fn a_deep_tree_is_printed_too() {
    fn nested(depth: u32) -> std::pin::Pin<Box<dyn Future<Output = Outcome<usize>> + Send>> {
        Box::pin(async move {
            scope(async move |s: Scope<&'static str>| {
                if depth == 0 {
                    return Ok(task_tree().to_string().lines().count());
                }
                let inner = s.spawn(async move { nested(depth - 1).await.map_err(|_| "inner") });
                inner.await.map_err(|_| "cancelled")?
            })
            .await
        })
    }
    assert_eq!(nested(300).await.unwrap(), 1 + 301 + 300);
}

#[steadfast::must_join]
async fn joins_its_task() -> (u32, u32) {
    let task = tokio::spawn(never());
    yield_now().await;
    // The youngest comes last.
    let spawned_at = tasks().last().unwrap().location().line();
    task.abort();
    (spawned_at, line!())
}

#[steadfast::test]
async fn a_task_of_must_join_was_spawned_where_the_program_says_so() {
    let (spawned_at, seen_at) = joins_its_task().await;
    assert_eq!(spawned_at, seen_at - 5);
}
