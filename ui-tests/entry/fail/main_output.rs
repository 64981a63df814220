//! A value that is no exit code.
#[steadfast::main]
async fn main() -> u64 {
    7
}
