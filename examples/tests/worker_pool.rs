//! Runs the worker pool as a user does and reads what it prints.

mod program;

use program::run;

#[test]
fn compresses_every_picture_once() {
    for workers in ["1", "5"] {
        let ran = run("worker_pool", &["--plain", "--jobs", "40", "--workers", workers]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let line = ran.stdout.trim();
        assert!(line.starts_with("40 pictures, 2621440 bytes, compressed to "), "{line}");
        let after: usize = line.rsplit(' ').next().unwrap().parse().unwrap();
        assert!(after > 0 && after < 2_621_440 / 10, "{after}");
        assert_eq!(ran.stderr, "");
    }
}

#[test]
fn says_what_is_wrong_with_an_argument() {
    let ran = run("worker_pool", &["--workers", "0"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("--workers"), "{}", ran.stderr);
}
