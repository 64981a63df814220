//! A program that is asked for its tasks by a signal.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read as _};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};

use super::environment::{child, is_child};
use super::*;

/// The child, which has said that it is ready and goes on until its input ends.
struct Program {
    process: Child,
    stderr: BufReader<std::process::ChildStderr>,
}

impl Program {
    fn start(test: &str, variables: &[(&str, &str)]) -> Self {
        let pipes = |command: &mut Command| {
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let mut process = pipes(&mut child(test, variables));
        let stderr = BufReader::new(process.stderr.take().unwrap());
        let mut program = Self { process, stderr };
        program.read_until("ready");
        program
    }

    fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Its lines up to the one that has this in it.
    fn read_until(&mut self, part: &str) -> String {
        let mut lines = String::new();
        while !lines.contains(part) {
            assert_ne!(self.stderr.read_line(&mut lines).unwrap(), 0, "it ended too early:\n{lines}");
        }
        // To the end of that line, which has been read.
        lines
    }

    /// What it still says, and how it ended.
    fn end(mut self) -> (String, std::process::ExitStatus) {
        drop(self.process.stdin.take());
        let mut rest = String::new();
        self.stderr.read_to_string(&mut rest).unwrap();
        (rest, self.process.wait().unwrap())
    }
}

/// Waits on the blocking pool for the end of the input.
async fn until_the_end(ready: &str) {
    eprintln!("{ready}");
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await.unwrap().unwrap();
}

#[test]
fn the_tree_comes_at_the_signal_and_the_program_goes_on() {
    #[steadfast::main]
    async fn program() -> Result<(), steadfast::GroupError<std::io::Error>> {
        Scope::options()
            .name("crawl")
            .run(async |s: Scope<std::io::Error>| {
                s.spawn_named("index", std::future::pending::<std::io::Result<()>>());
                until_the_end("ready").await;
                s.cancel("asked to");
                Ok(())
            })
            .await
    }

    if is_child() {
        let _ = program();
        return;
    }
    let test = "program::the_tree_comes_at_the_signal_and_the_program_goes_on";
    let mut program = Program::start(test, &[("STEADFAST_DEBUG", "1")]);
    for _ in 0..2 {
        program.signal("USR1");
        let tree = program.read_until("└─ task `index`");
        let lines: Vec<_> = tree.lines().collect();
        assert_eq!(lines[0], "steadfast: 2 tasks and 1 scope after SIGUSR1", "{tree}");
        assert!(lines[1].starts_with("task `main`, spawned at tests/tests/debug/program.rs:"), "{tree}");
        assert!(lines[2].starts_with("└─ scope `crawl`, made at tests/tests/debug/program.rs:"), "{tree}");
        assert!(
            lines[3].starts_with("   └─ task `index`, spawned at tests/tests/debug/program.rs:"),
            "{tree}"
        );
        assert_eq!(lines.len(), 4, "{tree}");
    }
    let (rest, status) = program.end();
    assert!(status.success(), "{rest}");
}

/// When it is needed most.
#[test]
fn the_tree_comes_although_the_runtime_is_blocked() {
    #[steadfast::main(flavor = "current_thread")]
    async fn program() {
        let task = steadfast::detach("reads", async {
            eprintln!("ready");
            std::io::stdin().read_line(&mut String::new()).unwrap();
        });
        task.await.unwrap();
    }

    if is_child() {
        let _ = program();
        return;
    }
    let test = "program::the_tree_comes_although_the_runtime_is_blocked";
    let mut program = Program::start(test, &[("STEADFAST_DEBUG", "1"), ("STEADFAST_BLOCKED", "1h")]);
    program.signal("USR1");
    let tree = program.read_until("task `reads`");
    assert!(tree.contains("steadfast: 2 tasks and 0 scopes after SIGUSR1\n"), "{tree}");
    assert!(tree.contains(", running for "), "{tree}");
    let (rest, status) = program.end();
    assert!(status.success(), "{rest}");
}

#[test]
fn a_block_is_told_while_it_lasts_and_when_it_is_over() {
    #[steadfast::main(flavor = "current_thread")]
    async fn program() {
        let task = steadfast::detach("reads", async {
            eprintln!("ready");
            std::io::stdin().read_line(&mut String::new()).unwrap();
        });
        task.await.unwrap();
        // Until the watchdog has seen that it is over.
        tokio::time::sleep(Duration::from_secs(1)).await;
    }

    if is_child() {
        let _ = program();
        return;
    }
    let test = "program::a_block_is_told_while_it_lasts_and_when_it_is_over";
    let mut program = Program::start(
        test,
        &[("STEADFAST_DEBUG", "1"), ("STEADFAST_BLOCKED", "50ms"), ("STEADFAST_SLOW_POLL", "1ms")],
    );
    let told = program.read_until("task `reads`");
    assert!(told.contains("steadfast: blocked runtime: no task was run for "), "{told}");
    let (rest, status) = program.end();
    assert!(status.success(), "{rest}");
    for part in ["steadfast: slow poll: task `reads`", "steadfast: the runtime runs tasks again, after "] {
        assert_eq!(rest.matches(part).count(), 1, "{part}: {rest}");
    }
}

/// It ends the program, as it does with any other.
#[test]
fn without_debugging_the_signal_is_left_alone() {
    #[steadfast::main]
    async fn program() {
        until_the_end("ready").await;
    }

    #[steadfast::main(signals = none)]
    async fn without_signals() {
        until_the_end("ready").await;
    }

    if is_child() {
        let _ = if std::env::var_os("STEADFAST_DEBUG").is_some() { without_signals() } else { program() };
        return;
    }
    let test = "program::without_debugging_the_signal_is_left_alone";
    for variables in [&[][..], &[("STEADFAST_DEBUG", "1")]] {
        let program = Program::start(test, variables);
        program.signal("USR1");
        let (rest, status) = program.end();
        assert_eq!(status.signal(), Some(sigusr1()), "{variables:?}: {status} {rest}");
    }
}

/// 10 on Linux for x86 and ARM, 30 on the BSDs and macOS.
fn sigusr1() -> i32 {
    tokio::signal::unix::SignalKind::user_defined1().as_raw_value()
}
