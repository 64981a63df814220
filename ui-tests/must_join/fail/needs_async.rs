//! MJ001: a synchronous function cannot wait.
use steadfast::must_join;

#[must_join]
fn ingest(urls: Vec<String>) -> usize {
    urls.len()
}

#[must_join]
const fn nothing() {}

fn main() {
    nothing();
    ingest(Vec::new());
}
