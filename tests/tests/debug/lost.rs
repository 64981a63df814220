//! Failures that nobody looks at.

use super::*;

/// What was said of the task of that name.
fn lost(reports: &[Report], of: &str) -> Vec<String> {
    let lost = |report: &Report| match report {
        Report::FailureLost { name, what, location, .. } if name.as_deref() == Some(of) => {
            assert!(location.is_some_and(|location| location.file().ends_with("lost.rs")), "{report}");
            Some(what.clone())
        }
        _ => None,
    };
    reports.iter().filter_map(lost).collect()
}

fn failed() -> Result<(), &'static str> {
    Err("no such page")
}

fn panics(with: &'static str) -> Result<(), &'static str> {
    panic!("{with}")
}

#[tokio::test]
async fn a_panic_of_a_detached_task_is_told() {
    let mut watched = Watched::start(Watch::new());
    let task = steadfast::detach("falls over", async { panic!("no such page") });
    let outcome: Result<(), _> = task.await;
    assert!(outcome.unwrap_err().is_panic());
    let reports = watched.end();
    assert_eq!(lost(&reports, "falls over"), ["panicked: no such page"], "{reports:?}");
    let begin = "lost failure: task `falls over`, spawned at ";
    let texts = reports.iter().map(ToString::to_string);
    let text = texts.filter(|text| text.starts_with(begin)).collect::<String>();
    assert!(text.ends_with(", panicked: no such page"), "{text}");
}

/// A scope panics with the first one only.
#[tokio::test]
async fn what_goes_under_with_a_panic_is_told() {
    let mut watched = Watched::start(Watch::new());
    let outcome = tokio::spawn(scope(async |s: Scope<&'static str>| {
        s.spawn_named("first", async { panics("goes on") });
        s.spawn_named("second", async { failed() });
        Ok(())
    }));
    assert!(outcome.await.unwrap_err().is_panic());
    let reports = watched.end();
    assert!(lost(&reports, "first").is_empty(), "{reports:?}");
    assert_eq!(lost(&reports, "second"), ["returned an error"], "{reports:?}");
}

#[tokio::test]
async fn what_a_scope_returns_is_not_lost() {
    let mut watched = Watched::start(Watch::new());
    let outcome: Outcome<()> = scope(async |s| {
        s.spawn_named("returned", async { failed() });
        Ok(())
    })
    .await;
    outcome.unwrap_err();
    let reports = watched.end();
    assert!(lost(&reports, "returned").is_empty(), "{reports:?}");
}
