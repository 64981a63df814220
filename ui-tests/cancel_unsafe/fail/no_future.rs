use std::io;

use steadfast::{cancel_unsafe, stream};

#[cancel_unsafe]
fn nothing() {}

#[cancel_unsafe]
pub fn result(path: &str) -> io::Result<String> {
    std::fs::read_to_string(path)
}

#[cancel_unsafe]
fn iterator() -> impl Iterator<Item = u8> {
    0..3
}

#[cancel_unsafe]
#[stream]
async fn numbers() -> u8 {
    yield_!(1);
}

trait Store {
    #[cancel_unsafe]
    fn len(&self) -> usize;
}

#[cancel_unsafe]
struct Journal;

#[cancel_unsafe]
impl Journal {}

fn main() {
    nothing();
    drop((result(""), iterator(), numbers(), Journal));
}
