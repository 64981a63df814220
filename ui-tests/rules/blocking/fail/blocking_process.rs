//! Processes.

use std::process::{Child, Command};

#[steadfast::checked]
async fn certain() {
    let _ = std::process::Command::new("ls").output();
}

#[steadfast::checked]
async fn asked(child: &mut Child, name: &str) {
    let _ = Command::new("ls").arg(format!("{name}/a")).status();
    let _ = child.wait();
}

#[steadfast::checked]
async fn starts() {
    let _ = Command::new("ls").spawn();
}

fn main() {}
