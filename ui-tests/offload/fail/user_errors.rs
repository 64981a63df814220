use std::io;
use std::path::PathBuf;

use steadfast::offload;

#[offload]
fn wrong_type(path: PathBuf) -> usize {
    path
}

#[offload]
fn wrong_question_mark(path: PathBuf) -> Option<String> {
    Some(std::fs::read_to_string(path)?)
}

#[offload]
fn awaits(path: PathBuf) -> io::Result<String> {
    tokio::fs::read_to_string(path).await
}

#[offload]
fn not_awaited() -> u8 {
    1
}

fn main() {
    let _: u8 = not_awaited();
}
