//! An attribute that nothing follows.
use steadfast::retry;

fn main() {
    println!("ready");
}

#[retry(on = any)]
