//! What other programs read.

use expect_test::expect;
use serde_json::Value;

use crate::workspace::Workspace;

const LIB: &str =
    "pub async fn nap() {\n    /* é */ std::thread::sleep(std::time::Duration::from_secs(1));\n}\n";

fn workspace(name: &str) -> Workspace {
    Workspace::new(name, &[("src/lib.rs", LIB)])
}

fn number(value: &Value) -> usize {
    value.as_u64().and_then(|number| number.try_into().ok()).unwrap()
}

#[test]
fn json_is_what_cargo_prints() {
    let workspace = workspace("json");
    let ran = workspace.run(&["check", "--message-format", "json"]);
    assert_eq!(ran.code(), 1);
    let report = ran.stdout();
    let lines: Vec<Value> = report.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let reasons: Vec<&str> = lines.iter().map(|line| line["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["compiler-message", "steadfast-summary", "build-finished"]);
    expect![[r#"
        {
          "manifest_path": "$ROOT/Cargo.toml",
          "message": {
            "$message_type": "diagnostic",
            "children": [
              {
                "children": [],
                "code": null,
                "level": "help",
                "message": "write `tokio::time::sleep(std::time::Duration::from_secs(1)).await`",
                "rendered": null,
                "spans": []
              },
              {
                "children": [],
                "code": null,
                "level": "note",
                "message": "rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = \"..\")]`",
                "rendered": null,
                "spans": []
              }
            ],
            "code": {
              "code": "steadfast::blocking_sleep",
              "explanation": "The thread sleeps, and with it every task that the runtime has put on it. No timer fires, no other request is served, and a timeout around the call cannot end it."
            },
            "level": "error",
            "message": "this puts the whole thread to sleep, and every task on it",
            "rendered": "error[blocking_sleep]: this puts the whole thread to sleep, and every task on it\n --> src/lib.rs:2:13\n  |\n2 |     /* é */ std::thread::sleep(std::time::Duration::from_secs(1));\n  |             ^^^^^^^^^^^^^^^^^^ `std::thread::sleep` blocks\n  |\n  = help: write `tokio::time::sleep(std::time::Duration::from_secs(1)).await`\n  = note: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = \"..\")]`\n\n",
            "spans": [
              {
                "byte_end": 52,
                "byte_start": 34,
                "column_end": 31,
                "column_start": 13,
                "expansion": null,
                "file_name": "src/lib.rs",
                "is_primary": true,
                "label": "`std::thread::sleep` blocks",
                "line_end": 2,
                "line_start": 2,
                "suggested_replacement": null,
                "suggestion_applicability": null,
                "text": [
                  {
                    "highlight_end": 31,
                    "highlight_start": 13,
                    "text": "    /* é */ std::thread::sleep(std::time::Duration::from_secs(1));"
                  }
                ]
              }
            ]
          },
          "package_id": "path+file://$ROOT#fixture@0.1.0",
          "reason": "compiler-message",
          "target": {
            "crate_types": [
              "lib"
            ],
            "doc": true,
            "doctest": true,
            "edition": "2024",
            "kind": [
              "lib"
            ],
            "name": "fixture",
            "required-features": [],
            "src_path": "$ROOT/src/lib.rs",
            "test": true
          }
        }
    "#]].assert_eq(&format!("{:#}\n", lines[0]));
    expect![[r#"
        {
          "depends_on_types": 0,
          "errors": 1,
          "files": 1,
          "lines": 3,
          "not_understood": [],
          "reason": "steadfast-summary",
          "warnings": 0
        }
    "#]]
    .assert_eq(&format!("{:#}\n", lines[1]));
    // The types of cargo itself read it.
    let messages = cargo_metadata::Message::parse_stream(report.as_bytes());
    let found =
        messages.filter(|message| matches!(message, Ok(cargo_metadata::Message::CompilerMessage(_)))).count();
    assert_eq!(found, 1);
    let bytes = &lines[0]["message"]["spans"][0];
    let range = number(&bytes["byte_start"])..number(&bytes["byte_end"]);
    assert_eq!(&LIB[range], "std::thread::sleep");
}

#[test]
fn cargo_check_beside_it() {
    let workspace = workspace("with-cargo");
    workspace.write("src/lib.rs", &format!("{LIB}fn unused() {{}}\n"));
    let ran = workspace.run(&["check", "--message-format", "json", "--with-cargo-check"]);
    let report = ran.stdout();
    let codes: Vec<String> = report
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|line| line["message"]["code"]["code"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(codes, ["steadfast::blocking_sleep", "dead_code"]);
    assert_eq!(report.matches("build-finished").count(), 1, "{report}");
    assert_eq!(ran.code(), 1);
    // A crate that does not compile is no success, even if nothing was found.
    workspace.write("src/lib.rs", "fn unused() { let a: u8 = \"\"; }\n");
    assert_eq!(workspace.run(&["check", "--with-cargo-check"]).code(), 1);
}

#[test]
fn github_annotates_lines() {
    expect![[r#"
        exit code 1
        ::error file=src/lib.rs,line=2,endLine=2,col=13,endColumn=31,title=blocking_sleep::this puts the whole thread to sleep, and every task on it%0Ahere: `std::thread::sleep` blocks%0Ahelp: write `tokio::time::sleep(std::time::Duration::from_secs(1)).await`%0Anote: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = "..")]`
        steadfast: 1 error in 1 file, 3 lines
    "#]].assert_eq(&workspace("github").run(&["check", "--message-format", "github"]).report());
}

#[test]
fn sarif_for_code_scanning() {
    let ran = workspace("sarif").run(&["check", "--message-format", "sarif"]);
    assert_eq!(ran.code(), 1);
    let log: Value = serde_json::from_str(&ran.stdout()).unwrap();
    let run = &log["runs"][0];
    let result = &run["results"][0];
    let rule = &run["tool"]["driver"]["rules"][number(&result["ruleIndex"])];
    assert_eq!(rule["id"], result["ruleId"]);
    expect![[r#"
        {
          "level": "error",
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "src/lib.rs",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "endColumn": 31,
                  "endLine": 2,
                  "startColumn": 13,
                  "startLine": 2
                }
              }
            }
          ],
          "message": {
            "text": "this puts the whole thread to sleep, and every task on it\nhere: `std::thread::sleep` blocks\nhelp: write `tokio::time::sleep(std::time::Duration::from_secs(1)).await`\nnote: rule `blocking_sleep`; where it is meant: `#[steadfast::allow(blocking_sleep, reason = \"..\")]`"
          },
          "relatedLocations": [],
          "ruleId": "blocking_sleep",
          "ruleIndex": 0
        }
    "#]].assert_eq(&format!("{result:#}\n"));
    expect![[r#"
        {
          "enabled": true,
          "level": "error"
        }
    "#]]
    .assert_eq(&format!("{:#}\n", rule["defaultConfiguration"]));
}

#[test]
fn formats_that_cargo_does_not_have() {
    let ran = workspace("sarif-cargo").run(&["check", "--message-format", "sarif", "--with-cargo-check"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains("`--with-cargo-check` goes with `human` and `json`"), "{}", ran.stderr());
}
