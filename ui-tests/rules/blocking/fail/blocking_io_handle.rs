//! Handles of the operating system.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};

#[steadfast::checked]
async fn asked(mut file: File, mut stream: std::net::TcpStream) -> std::io::Result<()> {
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    stream.write_all(text.as_bytes())?;
    writeln!(file, "read")?;
    for line in BufReader::new(file).lines() {
        drop(line);
    }
    Ok(())
}

fn main() {}
