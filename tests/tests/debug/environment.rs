//! `STEADFAST_DEBUG` and its companions, each in a process of its own.

use std::process::{Command, Output};

use super::*;

/// Says to a test that it is the child.
const CHILD: &str = "STEADFAST_TEST_CHILD";

/// The test of this name again, in a process with these variables and none of ours besides.
pub(crate) fn child(test: &str, variables: &[(&str, &str)]) -> Command {
    let mut child = Command::new(std::env::current_exe().expect("this binary"));
    child.args([test, "--exact", "--nocapture"]).env(CHILD, "1").env("RUST_BACKTRACE", "0");
    for ours in ["STEADFAST_DEBUG", "STEADFAST_SLOW_POLL", "STEADFAST_BLOCKED"] {
        child.env_remove(ours);
    }
    child.envs(variables.iter().copied());
    child
}

pub(crate) fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// What it said on the standard error stream, after it has passed.
fn told(test: &str, variables: &[(&str, &str)]) -> String {
    let Output { status, stdout, stderr } =
        child(test, variables).output().expect("it was started a moment ago");
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success() && stdout.contains("1 passed"), "{variables:?}: {stdout}\n{stderr}");
    stderr.into_owned()
}

/// Lets one poll take what is slow only where the limit was lowered.
async fn slow_for_some() {
    steadfast::detach("slow for some", async { std::thread::sleep(Duration::from_millis(2)) }).await.unwrap();
}

#[test]
fn in_main_it_is_the_environment_that_decides() {
    #[steadfast::main(flavor = "current_thread")]
    async fn program() {
        slow_for_some().await;
        println!("lists {}", !steadfast::tasks().is_empty());
    }

    if is_child() {
        let _ = program();
        return;
    }
    let test = "environment::in_main_it_is_the_environment_that_decides";
    let slow = "steadfast: slow poll: task `slow for some`, spawned at ";
    let limit = ("STEADFAST_SLOW_POLL", "1ms");
    for on in ["1", "true", "yes", "on", " 1 "] {
        let stderr = told(test, &[("STEADFAST_DEBUG", on), limit]);
        assert!(stderr.contains(slow), "{on:?}: {stderr}");
    }
    for off in ["", "0", "false", "no", "off"] {
        assert_eq!(told(test, &[("STEADFAST_DEBUG", off), limit]), "", "{off:?}");
    }
    assert_eq!(told(test, &[limit]), "");
}

#[test]
fn what_makes_no_sense_is_told_and_changes_nothing() {
    #[steadfast::main(flavor = "current_thread")]
    async fn program() {}

    if is_child() {
        let _ = program();
        return;
    }
    let test = "environment::what_makes_no_sense_is_told_and_changes_nothing";
    assert_eq!(
        told(test, &[("STEADFAST_DEBUG", "ture")]),
        "steadfast: the environment variable `STEADFAST_DEBUG` is ignored: `ture` is neither on nor off; write `STEADFAST_DEBUG=1` or `STEADFAST_DEBUG=0`\n"
    );
    assert_eq!(
        told(test, &[("STEADFAST_DEBUG", "1"), ("STEADFAST_SLOW_POLL", "50"), ("STEADFAST_BLOCKED", "0s")]),
        "steadfast: the environment variable `STEADFAST_SLOW_POLL` is ignored: `50` has no unit; write `50ms` or `50s`\n\
         steadfast: the environment variable `STEADFAST_BLOCKED` is ignored: `0s` would tell of everything; write at least `1ms`\n"
    );
}

#[test]
fn the_argument_wins_over_the_environment() {
    #[steadfast::main(flavor = "current_thread", debug)]
    async fn always() {
        slow_for_some().await;
    }

    #[steadfast::main(flavor = "current_thread", debug = false)]
    async fn never() {
        slow_for_some().await;
    }

    if is_child() {
        println!("always:");
        let _ = always();
        eprintln!("never:");
        let _ = never();
        return;
    }
    let test = "environment::the_argument_wins_over_the_environment";
    for debug in ["0", "1"] {
        let stderr = told(test, &[("STEADFAST_DEBUG", debug), ("STEADFAST_SLOW_POLL", "1ms")]);
        let (always, never) = stderr.split_once("never:\n").unwrap();
        assert!(always.contains("slow poll: task `slow for some`"), "{stderr}");
        assert_eq!(never, "", "{stderr}");
    }
}

#[test]
fn in_a_test_it_tells_of_that_test_and_lists_tasks_either_way() {
    if !is_child() {
        let test = "environment::in_a_test_it_tells_of_that_test_and_lists_tasks_either_way";
        let on = told(test, &[("STEADFAST_DEBUG", "1"), ("STEADFAST_SLOW_POLL", "1ms")]);
        assert!(on.contains("steadfast: slow poll: task `slow for some`, spawned at "), "{on}");
        assert_eq!(told(test, &[]), "");
        return;
    }
    steadfast::entry::Test::current_thread().run(async {
        assert_eq!(steadfast::tasks().len(), 1, "the test itself");
        slow_for_some().await;
    });
    assert!(steadfast::tasks().is_empty());
}

#[test]
fn what_nobody_has_joined_is_told_at_the_end() {
    #[steadfast::main(grace = 1ms)]
    async fn program() {
        for _ in 0..2 {
            tokio::spawn(std::future::pending::<()>());
        }
        steadfast::detach("falls over", async { panic!("no such page") });
        steadfast::detach("does not listen", std::future::pending::<()>());
        tokio::task::yield_now().await;
    }

    if is_child() {
        let _ = program();
        return;
    }
    let test = "environment::what_nobody_has_joined_is_told_at_the_end";
    let raw = "steadfast: 2 tasks of `tokio::spawn` nobody has joined, and dropped unfinished";
    let lost = "steadfast: lost failure: task `falls over`, spawned at ";
    let aborted = "steadfast: 1 task still running 1ms after they were asked to stop, and aborted:\n  `does not listen`";
    let on = told(test, &[("STEADFAST_DEBUG", "1")]);
    for part in [raw, lost, aborted] {
        assert!(on.contains(part), "{part}: {on}");
    }
    let off = told(test, &[]);
    assert!(off.contains(aborted), "{off}");
    assert!(!off.contains(raw) && !off.contains(lost), "{off}");
}
