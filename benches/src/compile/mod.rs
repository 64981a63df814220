//! What it costs to compile: wall-clock time, so only the ratios say something, and only on a machine with nothing else
//! to do.

mod generate;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use generate::Crate;

const ROUNDS: usize = 5;
/// How many functions there are in the crates that are checked.
const FUNCTIONS: usize = 500;

/// Builds and checks generated crates, and prints the best of five rounds of each.
///
/// # Errors
/// A text for the user: what could not be written, or what cargo said.
pub fn report() -> Result<(), String> {
    let folder = generate::folder()?;
    println!("| cold `cargo build` of an empty crate with | best, s | slowest, s | ratio |");
    println!("| --- | --- | --- | --- |");
    ratios(&folder, &generate::dependents(), "build", Fresh::Everything)?;
    println!();
    println!(
        "| `cargo check` of {FUNCTIONS} functions, the dependencies are there | best, s | slowest, s | ratio |"
    );
    println!("| --- | --- | --- | --- |");
    ratios(&folder, &generate::annotated(FUNCTIONS), "check", Fresh::OwnCode)
}

/// What is compiled anew in each round.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fresh {
    Everything,
    OwnCode,
}

/// The first crate is what the others are compared to. The rounds go through all crates, so that a machine that gets
/// slower or faster meanwhile does so for all of them; the slowest round stands beside the best to show the noise.
fn ratios(folder: &Path, crates: &[Crate], command: &str, fresh: Fresh) -> Result<(), String> {
    let path = |generated: &Crate| folder.join(generated.name);
    for generated in crates {
        generated.write(&path(generated))?;
        // Loads what is not on this machine yet, and does not count.
        compile(&path(generated), command)?;
    }
    let mut rounds = vec![Vec::new(); crates.len()];
    for _ in 0..ROUNDS {
        for (generated, rounds) in crates.iter().zip(&mut rounds) {
            match fresh {
                Fresh::Everything => remove(&path(generated).join("target"))?,
                Fresh::OwnCode => generated.touch(&path(generated))?,
            }
            rounds.push(compile(&path(generated), command)?.as_secs_f64());
        }
    }
    let best = |rounds: &[f64]| rounds.iter().copied().fold(f64::INFINITY, f64::min);
    for (generated, own) in crates.iter().zip(&rounds) {
        let (fastest, slowest) = (best(own), own.iter().copied().fold(0.0, f64::max));
        let ratio = fastest / best(&rounds[0]);
        println!("| {} | {fastest:.2} | {slowest:.2} | {ratio:.2} |", generated.title);
    }
    Ok(())
}

fn compile(path: &Path, command: &str) -> Result<Duration, String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(path).args([command, "--quiet"]).env("CARGO_TARGET_DIR", path.join("target"));
    // The same source again would be taken from the incremental cache, and only the expansion be measured.
    cargo.env("CARGO_INCREMENTAL", "0");
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
