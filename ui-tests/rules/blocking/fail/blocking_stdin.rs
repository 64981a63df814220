//! Standard input.

use std::io::stdin;

#[steadfast::checked]
async fn certain() {
    let mut line = String::new();
    let _ = std::io::stdin().read_line(&mut line);
}

#[steadfast::checked]
async fn asked() {
    let mut line = String::new();
    let _ = stdin().read_line(&mut line);
}

fn main() {}
