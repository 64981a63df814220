//! What it costs to compile: wall-clock time, so only the ratios say something, and only on a machine with nothing else
//! to do.

mod generate;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use generate::Crate;

const ROUNDS: usize = 3;
/// How many functions there are in the crates that are checked.
const FUNCTIONS: usize = 500;

/// Builds and checks generated crates, and prints the best of three rounds of each.
///
/// # Errors
/// A text for the user: what could not be written, or what cargo said.
pub fn report() -> Result<(), String> {
    let folder = generate::folder()?;
    println!("| cold `cargo build` of an empty crate with | seconds | ratio |");
    println!("| --- | --- | --- |");
    ratios(&folder, &generate::dependents(), "build", Fresh::Everything)?;
    println!();
    println!("| `cargo check` of {FUNCTIONS} functions, the dependencies are there | seconds | ratio |");
    println!("| --- | --- | --- |");
    ratios(&folder, &generate::annotated(FUNCTIONS), "check", Fresh::OwnCode)
}

/// What is compiled anew in each round.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fresh {
    Everything,
    OwnCode,
}

/// The first crate is what the others are compared to.
fn ratios(folder: &Path, crates: &[Crate], command: &str, fresh: Fresh) -> Result<(), String> {
    let mut first = None;
    for generated in crates {
        let path = folder.join(generated.name);
        generated.write(&path)?;
        // The first round loads what is not on this machine yet, and does not count.
        compile(&path, command)?;
        let mut best = Duration::MAX;
        for _ in 0..ROUNDS {
            match fresh {
                Fresh::Everything => remove(&path.join("target"))?,
                Fresh::OwnCode => generated.touch(&path)?,
            }
            best = best.min(compile(&path, command)?);
        }
        let seconds = best.as_secs_f64();
        let ratio = seconds / *first.get_or_insert(seconds);
        println!("| {} | {seconds:.2} | {ratio:.2} |", generated.title);
    }
    Ok(())
}

fn compile(path: &Path, command: &str) -> Result<Duration, String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(path).args([command, "--quiet"]).env("CARGO_TARGET_DIR", path.join("target"));
    // What cargo tells this program about the package it was started from does not hold there.
    cargo.env_remove("RUSTFLAGS").stdout(Stdio::null());
    let start = Instant::now();
    let output = cargo.output().map_err(|error| error.to_string())?;
    let took = start.elapsed();
    if output.status.success() { Ok(took) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

fn remove(folder: &Path) -> Result<(), String> {
    std::fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}
