//! `[workspace.metadata.steadfast]`.

use expect_test::{Expect, expect};

use crate::workspace::{Workspace, manifest};

const SLEEPS: &str = "pub async fn nap() {\n    std::thread::sleep(std::time::Duration::from_secs(1));\n}\n";

fn configured(name: &str, configuration: &str, files: &[(&str, &str)]) -> Workspace {
    let manifest = manifest(configuration);
    Workspace::new(name, &[&[("Cargo.toml", manifest.as_str())], files].concat())
}

/// First words of each report.
fn titles(workspace: &Workspace) -> Vec<String> {
    let ran = workspace.run(&["check"]);
    let report = ran.stdout();
    assert_eq!(ran.stderr(), "");
    report
        .lines()
        .filter(|line| line.contains("]: "))
        .map(|line| line.split(':').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn levels() {
    let off = configured(
        "levels-off",
        "[workspace.metadata.steadfast]\nlevels = { blocking_sleep = \"off\" }\n",
        &[("src/lib.rs", SLEEPS)],
    );
    assert!(titles(&off).is_empty());
    let warn = configured(
        "levels-warn",
        "[workspace.metadata.steadfast.levels]\nblocking_sleep = \"warn\"\n",
        &[("src/lib.rs", SLEEPS)],
    );
    assert_eq!(titles(&warn), ["warning[blocking_sleep]"]);
    // The command line has the last word.
    assert_eq!(warn.run(&["check", "-A", "blocking_sleep"]).code(), 0);
}

#[test]
fn other_levels_for_some_paths() {
    let configuration = "[[workspace.metadata.steadfast.overrides]]\npaths = [\"examples/**\", \"!examples/real.rs\"]\nlevels = { blocking_sleep = \"off\" }\n";
    let main = format!("fn main() {{}}\n{SLEEPS}");
    let workspace = configured(
        "overrides",
        configuration,
        &[("src/lib.rs", ""), ("examples/toy.rs", &main), ("examples/real.rs", &main)],
    );
    let report = workspace.run(&["check"]).stdout();
    assert!(report.contains("--> examples/real.rs:3:5"), "{report}");
    assert!(!report.contains("toy"), "{report}");
}

#[test]
fn functions_that_block() {
    let workspace = configured(
        "blocking",
        "[workspace.metadata.steadfast]\nblocking = [{ path = \"fixture::legacy::load\", instead = \"legacy::load_async(..).await\" }]\n",
        &[
            (
                "src/lib.rs",
                "pub mod legacy {\n    pub fn load() {}\n}\npub async fn own() {\n    legacy::load();\n}\npub mod pages;\n",
            ),
            ("src/pages.rs", "use super::legacy::load as read;\npub async fn page() {\n    read();\n}\n"),
            ("src/main.rs", "fn main() {}\nasync fn serve() {\n    fixture::legacy::load();\n}\n"),
            (
                "examples/other.rs",
                "mod legacy {\n    pub fn load() {}\n}\nasync fn serve() {\n    legacy::load();\n}\nfn main() {}\n",
            ),
        ],
    );
    let report = workspace.run(&["check"]).stdout();
    let places: Vec<&str> = report.lines().filter(|line| line.contains("--> ")).map(str::trim).collect();
    assert_eq!(places, ["--> src/lib.rs:5:5", "--> src/main.rs:3:5", "--> src/pages.rs:3:5"], "{report}");
    assert!(report.contains("= help: write `legacy::load_async(..).await`"), "{report}");
}

fn refused(name: &str, configuration: &str, expected: &Expect) {
    let workspace = configured(name, configuration, &[("src/lib.rs", SLEEPS)]);
    expected.assert_eq(&workspace.run(&["check"]).report());
}

#[test]
fn an_unknown_setting_is_refused() {
    refused(
        "unknown",
        "[workspace.metadata.steadfast]\nlevls = { blocking_sleep = \"off\" }\n",
        &expect![[r#"
            exit code 2
            -- standard error
            error: there is no setting `levls`; did you mean `levels`?
             --> $ROOT/Cargo.toml:8:1
              |
            8 | levls = { blocking_sleep = "off" }
              | ^^^^^
              |
              = help: there are `levels`, `blocking`, `offloaders`, `guards`, `overrides`
        "#]],
    );
    refused(
        "unknown-inner",
        "[workspace.metadata.steadfast]\nblocking = [{ path = \"a::b\", insted = \"c\" }]\n",
        &expect![[r#"
            exit code 2
            -- standard error
            error: there is no setting `insted`; did you mean `instead`?
             --> $ROOT/Cargo.toml:8:30
              |
            8 | blocking = [{ path = "a::b", insted = "c" }]
              |                              ^^^^^^
              |
              = help: there are `path`, `instead`
        "#]],
    );
}

#[test]
fn an_unknown_rule_is_refused() {
    refused(
        "unknown-rule",
        "[workspace.metadata.steadfast.levels]\nblocking_slep = \"off\"\n",
        &expect![[r#"
            exit code 2
            -- standard error
            error: there is no rule `blocking_slep`; did you mean `blocking_sleep`?
             --> $ROOT/Cargo.toml:8:1
              |
            8 | blocking_slep = "off"
              | ^^^^^^^^^^^^^
              |
              = help: `cargo steadfast rules` lists them
        "#]],
    );
}

#[test]
fn a_wrong_value_is_refused() {
    refused(
        "wrong-level",
        "[workspace.metadata.steadfast.levels]\nblocking_sleep = \"forbid\"\n",
        &expect![[r#"
            exit code 2
            -- standard error
            error: this must be "error", "warn" or "off"
             --> $ROOT/Cargo.toml:8:18
              |
            8 | blocking_sleep = "forbid"
              |                  ^^^^^^^^
        "#]],
    );
    refused(
        "wrong-kind",
        "[workspace.metadata.steadfast]\noffloaders = \"run\"\n",
        &expect![[r#"
        exit code 2
        -- standard error
        error: this must be a list
         --> $ROOT/Cargo.toml:8:14
          |
        8 | offloaders = "run"
          |              ^^^^^
    "#]],
    );
    refused(
        "wrong-glob",
        "[[workspace.metadata.steadfast.overrides]]\npaths = [\"a/{b\"]\nlevels = {}\n",
        &expect![[r#"
            exit code 2
            -- standard error
            error: error parsing glob 'a/{b': unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)
             --> $ROOT/Cargo.toml:8:9
              |
            8 | paths = ["a/{b"]
              |         ^^^^^^^^
              |
              = help: write globs as in a `.gitignore`: `paths = ["examples/**"]`
        "#]],
    );
    refused(
        "missing",
        "[[workspace.metadata.steadfast.overrides]]\nlevels = {}\n",
        &expect![[r#"
        exit code 2
        -- standard error
        error: `paths` is missing here
         --> $ROOT/Cargo.toml:7:1
          |
        7 | [[workspace.metadata.steadfast.overrides]]
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#]],
    );
    refused(
        "no-table",
        "[workspace.metadata]\nsteadfast = \"strict\"\n",
        &expect![[r#"
        exit code 2
        -- standard error
        error: this must be a table
         --> $ROOT/Cargo.toml:8:13
          |
        8 | steadfast = "strict"
          |             ^^^^^^^^
    "#]],
    );
    refused(
        "name-with-path",
        "[workspace.metadata.steadfast]\noffloaders = [\"pool::run_on_pool\"]\n",
        &expect![[r#"
            exit code 2
            -- standard error
            error: this must be a name, without its path
             --> $ROOT/Cargo.toml:8:15
              |
            8 | offloaders = ["pool::run_on_pool"]
              |               ^^^^^^^^^^^^^^^^^^^
              |
              = help: write `"run_on_pool"`
        "#]],
    );
    refused(
        "path-of-a-name",
        "[workspace.metadata.steadfast]\nblocking = [{ path = \"load\", instead = \"load_async\" }]\n",
        &expect![[r#"
            exit code 2
            -- standard error
            error: this must be a path from its crate on
             --> $ROOT/Cargo.toml:8:22
              |
            8 | blocking = [{ path = "load", instead = "load_async" }]
              |                      ^^^^^^
              |
              = help: write `"my_crate::load"`
        "#]],
    );
}

#[test]
fn all_mistakes_are_shown_at_once() {
    refused(
        "several-mistakes",
        "[workspace.metadata.steadfast]\nguard = []\noffloaders = [\"a::b\", 3]\n\
         [workspace.metadata.steadfast.levels]\nblocking_slep = \"loud\"\n\
         [[workspace.metadata.steadfast.blocking]]\nfile = \"a\"\ninstead = 1\n",
        &expect![[r#"
            exit code 2
            -- standard error
            error: there is no setting `guard`; did you mean `guards`?
             --> $ROOT/Cargo.toml:8:1
              |
            8 | guard = []
              | ^^^^^
              |
              = help: there are `levels`, `blocking`, `offloaders`, `guards`, `overrides`

            error: this must be a name, without its path
             --> $ROOT/Cargo.toml:9:15
              |
            9 | offloaders = ["a::b", 3]
              |               ^^^^^^
              |
              = help: write `"b"`

            error: this must be a string
             --> $ROOT/Cargo.toml:9:23
              |
            9 | offloaders = ["a::b", 3]
              |                       ^

            error: there is no rule `blocking_slep`; did you mean `blocking_sleep`?
              --> $ROOT/Cargo.toml:11:1
               |
            11 | blocking_slep = "loud"
               | ^^^^^^^^^^^^^
               |
               = help: `cargo steadfast rules` lists them

            error: this must be "error", "warn" or "off"
              --> $ROOT/Cargo.toml:11:17
               |
            11 | blocking_slep = "loud"
               |                 ^^^^^^

            error: there is no setting `file`
              --> $ROOT/Cargo.toml:13:1
               |
            13 | file = "a"
               | ^^^^
               |
               = help: there are `path`, `instead`

            error: this must be a string
              --> $ROOT/Cargo.toml:14:11
               |
            14 | instead = 1
               |           ^
        "#]],
    );
}

#[test]
fn settings_of_a_package_are_refused() {
    refused(
        "package",
        "[package.metadata.steadfast.levels]\nblocking_sleep = \"off\"\n",
        &expect![[r#"
        exit code 2
        -- standard error
        error: the rules are configured for a workspace, not for a package
         --> $ROOT/Cargo.toml:7:19
          |
        7 | [package.metadata.steadfast.levels]
          |                   ^^^^^^^^^
          |
          = help: write `[workspace.metadata.steadfast]`, in the manifest of the workspace
    "#]],
    );
}

#[test]
fn an_unknown_rule_on_the_command_line_is_refused() {
    let workspace = configured("line", "", &[("src/lib.rs", SLEEPS)]);
    let ran = workspace.run(&["check", "-D", "blocking_slep"]);
    assert_eq!(ran.code(), 2);
    assert_eq!(
        ran.stderr(),
        "error: there is no rule `blocking_slep`; did you mean `blocking_sleep`?\nhelp: `cargo steadfast rules` lists them\n"
    );
}
