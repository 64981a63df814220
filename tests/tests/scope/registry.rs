//! `tasks()`: what is known of those that live.

use steadfast::__private::Root;
use steadfast::{Scope, TaskInfo, TaskState, scope, tasks, track_tasks};
use tokio::task::yield_now;

fn named(name: &str) -> Option<TaskInfo> {
    tasks().into_iter().find(|task| task.name() == Some(name))
}

#[tokio::test]
async fn a_task_is_listed_with_its_parent_while_it_lives() {
    track_tasks(true);
    let root = Root::new();
    let work = Scope::options().name("the scope").run(async |s: Scope<&str>| {
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let child = s.spawn_named("the child", async move {
            let inner = Scope::options().name("inside").run(async |_: Scope<&str>| {
                ended.await.unwrap();
                Ok(())
            });
            inner.await.map_err(|_| "inner")
        });
        assert_eq!(named("the child").unwrap().state(), TaskState::New);
        yield_now().await;
        let (scope, task, inside) =
            (named("the scope").unwrap(), named("the child").unwrap(), named("inside").unwrap());
        assert_eq!((scope.state(), task.state()), (TaskState::Scope, TaskState::Waiting));
        assert_eq!((task.parent(), inside.parent()), (Some(scope.id()), Some(task.id())));
        assert_eq!((task.polls(), task.since_last_poll().is_some()), (1, true));
        assert!(task.location().file().ends_with("registry.rs"));
        let tree = root.tree();
        let order: Vec<_> = ["`the scope`", "`the child`", "`inside`"].map(|name| tree.find(name)).into();
        assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{tree}");
        end.send(()).unwrap();
        child.await.unwrap()
    });
    root.enter(work).await.unwrap();
    assert!(named("the child").is_none() && named("the scope").is_none());
    track_tasks(false);
}

#[tokio::test]
async fn a_task_that_is_being_polled_says_so() {
    track_tasks(true);
    let outcome: crate::Outcome<()> = scope(async |s| {
        s.spawn_named("asks itself", async {
            assert_eq!(named("asks itself").unwrap().state(), TaskState::Running);
            Ok(())
        });
        Ok(())
    })
    .await;
    outcome.unwrap();
}
