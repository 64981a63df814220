//! Prints what policies and tasks cost. `benches/README.md` explains the figures.
//!
//! ```text
//! cargo run --release -p steadfast-benches --features peers                  the table
//! cargo run --release -p steadfast-benches --features peers -- --tasks       the tables of scopes, queues and so on
//! cargo run --release -p steadfast-benches --features peers -- --sizes       sizes alone, without valgrind
//! cargo run --release -p steadfast-benches --features peers -- --compile     what it costs to compile
//! cargo run --release -p steadfast-benches -- --check FOLDER [--clippy]              how fast a workspace is checked
//! ```

use std::path::Path;
use std::process::ExitCode;

use steadfast_benches::{check, compile, report, sides, tasks};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        [] => report::costs(),
        ["--sizes"] => {
            report::sizes();
            Ok(())
        }
        ["--tasks"] => tasks::report::costs(None),
        ["--tasks", family] => tasks::report::costs(Some(family)),
        ["--compile"] => compile::report(),
        ["--check", folder] => check::report(Path::new(folder), false),
        ["--check", folder, "--clippy"] => check::report(Path::new(folder), true),
        // What the tables run under valgrind: so many calls of one subject, and nothing else.
        ["--run", index, calls] => run(index, calls),
        ["--run-task", index, calls] => run_task(index, calls),
        _ => Err(
            "usage: steadfast-benches [--tasks [FAMILY] | --sizes | --compile | --check FOLDER [--clippy]]"
                .to_owned(),
        ),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(said) => {
            eprintln!("{said}");
            ExitCode::FAILURE
        }
    }
}

fn run(index: &str, calls: &str) -> Result<(), String> {
    let (index, calls) = numbers(index, calls)?;
    let subjects = sides::subjects();
    let subject = subjects.get(index).ok_or("there is no such subject")?;
    subject.run(calls);
    Ok(())
}

fn run_task(index: &str, calls: &str) -> Result<(), String> {
    let (index, calls) = numbers(index, calls)?;
    let ways: Vec<_> = tasks::families().into_iter().flat_map(tasks::Family::into_ways).collect();
    let way = ways.get(index).ok_or("there is no such way")?;
    way.run(calls);
    Ok(())
}

fn numbers(index: &str, calls: &str) -> Result<(usize, u64), String> {
    match (index.parse(), calls.parse()) {
        (Ok(index), Ok(calls)) => Ok((index, calls)),
        _ => Err("the number of a subject and a number of calls are needed".to_owned()),
    }
}
