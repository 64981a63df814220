//! How fast `cargo steadfast check` goes through a workspace: wall-clock time, so only the ratios say something, and
//! only on a machine with nothing else to do.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

const ROUNDS: usize = 5;

/// One row: what was done to so many lines, and how long each round took.
struct Row {
    title: String,
    lines: usize,
    rounds: Vec<f64>,
}

impl Row {
    fn best(&self) -> f64 {
        self.rounds.iter().copied().fold(f64::INFINITY, f64::min)
    }

    fn per_second(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "there are fewer lines than 2^52")]
        let lines = self.lines as f64;
        lines / self.best()
    }
}

/// Checks the workspace in `folder` with one thread and with all, beside parsing the same files and nothing else, which
/// is the limit, and beside `cargo clippy`. Prints the best of five rounds of each.
///
/// # Errors
/// A text for the user: what could not be read, or what cargo said.
pub fn report(folder: &Path, with_clippy: bool) -> Result<(), String> {
    let command = build()?;
    let files = files(folder)?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut rows = Vec::new();
    for threads in if cores == 1 { vec![1] } else { vec![1, cores] } {
        rows.push(parsing(&files, threads)?);
        rows.push(checking(&command, folder, threads)?);
    }
    if with_clippy {
        rows.push(clippy(folder, &files)?);
    }
    println!("| {} | lines | best, s | lines/s | ratio |", folder.display());
    println!("| --- | --- | --- | --- | --- |");
    for row in &rows {
        // The same number of threads, alone at parsing.
        let limit = rows.iter().rev().find(|limit| limit.title == row.title.replace("check", "parse"));
        let ratio = limit
            .map_or_else(|| "-".to_owned(), |limit| format!("{:.2}", row.per_second() / limit.per_second()));
        println!("| {} | {} | {:.3} | {:.0} | {ratio} |", row.title, row.lines, row.best(), row.per_second());
    }
    Ok(())
}

fn threads_of(count: usize) -> String {
    if count == 1 { "1 thread".to_owned() } else { format!("{count} threads") }
}

/// The command, built for release.
fn build() -> Result<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut cargo = cargo();
    cargo.current_dir(&root).args(["build", "--release", "--quiet", "-p", "cargo-steadfast"]);
    let status = cargo.status().map_err(|error| error.to_string())?;
    if !status.success() {
        return Err("`cargo-steadfast` does not build".to_owned());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    target.join("release").join("cargo-steadfast").canonicalize().map_err(|error| error.to_string())
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn checking(command: &Path, folder: &Path, threads: usize) -> Result<Row, String> {
    let mut lines = 0;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let mut check = Command::new(command);
        check.current_dir(folder).args([
            "check",
            "--workspace",
            "--message-format",
            "json",
            "--jobs",
            &threads.to_string(),
        ]);
        let start = Instant::now();
        let output = check.output().map_err(|error| error.to_string())?;
        rounds.push(start.elapsed().as_secs_f64());
        let text = String::from_utf8_lossy(&output.stdout);
        let summary = text.lines().rev().find(|line| line.contains("\"steadfast-summary\""));
        let summary = summary.ok_or_else(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
        lines = number_after(summary, "\"lines\":").ok_or("the summary holds no number of lines")?;
    }
    Ok(Row { title: format!("check, {}", threads_of(threads)), lines, rounds })
}

fn number_after(text: &str, key: &str) -> Option<usize> {
    let (_, rest) = text.split_once(key)?;
    rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

/// Reads and parses all files, and drops what was parsed.
fn parsing(files: &[PathBuf], threads: usize) -> Result<Row, String> {
    let lines = AtomicUsize::new(0);
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let next = AtomicUsize::new(0);
        lines.store(0, Ordering::Relaxed);
        let start = Instant::now();
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        lines.fetch_add(parse(file), Ordering::Relaxed);
                    }
                });
            }
        });
        rounds.push(start.elapsed().as_secs_f64());
    }
    let lines = lines.into_inner();
    if lines == 0 {
        return Err("there is no Rust code in this folder".to_owned());
    }
    Ok(Row { title: format!("parse, {}", threads_of(threads)), lines, rounds })
}

/// The number of lines of a file that parses.
fn parse(file: &Path) -> usize {
    let Ok(text) = fs::read_to_string(file) else { return 0 };
    if syn::parse_file(&text).is_ok() { text.lines().count() } else { 0 }
}

/// All files with Rust code below a folder that holds no build.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir()
                && !path.join("CACHEDIR.TAG").exists()
                && path.file_name() != Some(OsStr::new(".git"))
            {
                folders.push(path);
            } else if path.extension() == Some(OsStr::new("rs")) {
                files.push(path);
            }
        }
    }
    Ok(files)
}

/// `cargo clippy` with the dependencies there, and all code of the workspace new.
fn clippy(folder: &Path, files: &[PathBuf]) -> Result<Row, String> {
    let lines = files.iter().map(|file| parse(file)).sum();
    let run = || {
        let mut clippy = cargo();
        clippy.current_dir(folder).args(["clippy", "--workspace", "--quiet"]).env("CARGO_INCREMENTAL", "0");
        clippy.stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        let status = clippy.status().map_err(|error| error.to_string())?;
        if status.success() {
            Ok(start.elapsed().as_secs_f64())
        } else {
            Err("`cargo clippy` fails there".to_owned())
        }
    };
    run()?;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        for file in files {
            touch(file).map_err(|error| format!("{}: {error}", file.display()))?;
        }
        rounds.push(run()?);
    }
    Ok(Row { title: "clippy".to_owned(), lines, rounds })
}

fn touch(file: &Path) -> std::io::Result<()> {
    fs::File::options().append(true).open(file)?.set_modified(std::time::SystemTime::now())
}
