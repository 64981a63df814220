//! Runs the synchronous program as a user does and reads what it prints.

mod program;

use program::run;

#[test]
fn downloads_two_files_and_gives_up_on_the_third() {
    let ran = run("sync_client", &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let expected =
        ["greeting.txt: 6 bytes, 1 lines", "numbers.txt: 292 bytes, 100 lines", "never: no answer in time"];
    assert_eq!(lines, expected);
    assert_eq!(ran.stderr, "");
}
