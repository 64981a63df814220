//! Files of `std`.

use std::fs::{self, File, OpenOptions};

#[steadfast::checked]
async fn certain() -> std::io::Result<String> {
    std::fs::read_to_string("a")
}

#[steadfast::checked]
async fn asked(path: &str) -> std::io::Result<()> {
    let text = fs::read_to_string(path)?;
    let _file = File::open(path)?;
    let _log = OpenOptions::new().append(true).open(format!("{text}.log"))?;
    fs::write(path, text)
}

fn main() {}
