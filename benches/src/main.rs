//! Prints what policies cost. `benches/README.md` explains the figures.
//!
//! ```text
//! cargo run --release -p steadfast-benches --features peers                  the table
//! cargo run --release -p steadfast-benches --features peers -- --sizes       sizes alone, without valgrind
//! cargo run --release -p steadfast-benches --features peers -- --compile     what it costs to compile
//! cargo run --release -p steadfast-benches -- --check FOLDER [--clippy]              how fast a workspace is checked
//! ```

use std::path::Path;
use std::process::ExitCode;

use steadfast_benches::{check, compile, report, sides};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        [] => report::costs(),
        ["--sizes"] => {
            report::sizes();
            Ok(())
        }
        ["--compile"] => compile::report(),
        ["--check", folder] => check::report(Path::new(folder), false),
        ["--check", folder, "--clippy"] => check::report(Path::new(folder), true),
        // What the table runs under valgrind: so many calls of one subject, and nothing else.
        ["--run", index, calls] => run(index, calls),
        _ => Err("usage: steadfast-benches [--sizes | --compile | --check FOLDER [--clippy]]".to_owned()),
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
    let (Ok(index), Ok(calls)) = (index.parse::<usize>(), calls.parse()) else {
        return Err("--run takes the number of a subject and a number of calls".to_owned());
    };
    let subjects = sides::subjects();
    let subject = subjects.get(index).ok_or("there is no such subject")?;
    subject.run(calls);
    Ok(())
}
