//! `explain`, `rules`, and the pages of the documentation.

use std::path::Path;

use expect_test::expect;

use crate::workspace::Workspace;

#[test]
fn explains_a_rule() {
    let workspace = Workspace::new("explain", &[("src/lib.rs", "")]);
    expect![[r#"
        exit code 0
        # `blocking_sleep`

        `std::thread::sleep` in async code.

        Blocking the runtime · default level: error · since 0.2.0

        ## Why

        The thread sleeps, and with it every task that the runtime has put on it. No timer fires, no other request is served, and a timeout around the call cannot end it.

        ## Bad

        ```rust
        async fn pause() {
            std::thread::sleep(std::time::Duration::from_secs(1));
        }
        ```

        ## Good

        ```rust
        async fn pause() {
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
        ```

        ## What it does not see

        A function that sleeps for you is seen one call away and in the same crate only (`transitive_blocking`); mark others with `#[steadfast::blocking]`.

        ## Where it applies

        Not in tests and benchmarks.

        ## How to allow it

        At one place, on the item, or on the statement inside of code that is checked by an attribute:

        ```rs
        #[steadfast::allow(blocking_sleep, reason = "why it is meant")]
        ```

        For one function: `#[steadfast::checked(allow(blocking_sleep))]`.

        For the workspace, in its `Cargo.toml`:

        ```toml
        [workspace.metadata.steadfast.levels]
        blocking_sleep = "off" # or "warn", "error"
        ```
    "#]].assert_eq(&workspace.run(&["explain", "blocking_sleep"]).report());
    expect![[r#"
        exit code 2
        -- standard error
        error: there is no rule `blocking_slep`; did you mean `blocking_sleep`?
        help: `cargo steadfast rules` lists them
    "#]]
    .assert_eq(&workspace.run(&["explain", "blocking_slep"]).report());
}

#[test]
fn lists_all_rules() {
    let workspace = Workspace::new("list", &[("src/lib.rs", "")]);
    let ran = workspace.run(&["rules"]);
    assert_eq!(ran.code(), 0);
    let report = ran.stdout();
    for rule in steadfast_rules::rules() {
        assert!(
            report.lines().any(|line| line.split_whitespace().next() == Some(rule.name)),
            "{}",
            rule.name
        );
    }
}

#[test]
fn the_documentation_is_up_to_date() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules");
    let workspace = Workspace::new("pages", &[("src/lib.rs", "")]);
    let ran = workspace.run(&["rules", "--check", "--markdown", docs.to_str().unwrap()]);
    let advice = "run `cargo run -p cargo-steadfast -- rules --markdown docs/rules`";
    assert_eq!(ran.code(), 0, "{advice}\n{}{}", ran.stdout(), ran.stderr());
}

#[test]
fn tells_a_stale_page() {
    let workspace = Workspace::new("stale", &[("src/lib.rs", "")]);
    assert_eq!(workspace.run(&["rules", "--markdown", "pages"]).code(), 0);
    assert_eq!(workspace.run(&["rules", "--markdown", "pages", "--check"]).code(), 0);
    workspace.write("pages/blocking_sleep.md", "old");
    workspace.write("pages/gone.md", "old");
    let ran = workspace.run(&["rules", "--markdown", "pages", "--check"]);
    assert_eq!(ran.code(), 1);
    expect![[r#"
        not up to date: pages/blocking_sleep.md
        not up to date: pages/gone.md
    "#]]
    .assert_eq(&ran.stdout());
    assert_eq!(workspace.run(&["rules", "--markdown", "pages"]).code(), 0);
    assert_eq!(workspace.run(&["rules", "--markdown", "pages", "--check"]).code(), 0);
}
