//! Items that have no body to run again.
use std::io;

use steadfast::retry;

#[retry(on = any)]
enum Answer {
    Yes,
    No,
}

#[retry(on = any)]
const GREETING: &str = "hello";

#[retry]
static PORT: u16 = 80;

#[retry(on = any)]
macro_rules! address {
    () => {
        (GREETING, PORT)
    };
}

fn main() -> io::Result<()> {
    let answer = Answer::Yes;
    match answer {
        Answer::Yes => println!("{:?}", address!()),
        Answer::No => {}
    }
    Ok(())
}
