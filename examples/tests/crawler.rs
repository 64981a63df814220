//! Runs the crawler as a user does and reads what it prints.

mod program;

use program::run;

#[test]
fn fetches_every_page_once() {
    let ran = run("crawler", &["--pages", "60", "--limit", "8"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.stdout, "60 pages\n");
    assert_eq!(ran.stderr, "");
}

#[test]
fn ends_with_the_page_that_is_missing() {
    let ran = run("crawler", &["--pages", "30", "--broken"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stdout.ends_with("1 failed\n"), "{ran:?}");
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(lines.len(), 1, "{ran:?}");
    assert!(lines[0].contains("/page/29: 404 Not Found"), "{}", lines[0]);
    assert!(lines[0].contains("main.rs:"), "it says where the task was spawned: {}", lines[0]);
}

#[test]
fn goes_on_when_asked_to() {
    let ran = run("crawler", &["--pages", "30", "--broken", "--keep-going"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.stdout, "30 pages, 1 failed\n");
}
