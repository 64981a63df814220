//! MJ011: an attribute that makes a plain function stands above.
use steadfast::must_join;

#[tokio::main]
#[must_join]
async fn main() {}

#[cfg(not(test))]
#[tokio::test]
#[must_join]
async fn case() {}
