//! What is certain is told at the call, with the line that it is about.

use std::thread::sleep as nap;
use std::time::Duration;

steadfast::audit!();

pub async fn page() {
    nap(Duration::from_millis(1));
}

fn main() {}
