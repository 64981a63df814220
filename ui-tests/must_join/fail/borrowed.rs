//! rustc's own words about borrowed data, at the user's `tokio::spawn`.
use steadfast::must_join;

#[must_join]
async fn shout(text: &str) -> usize {
    let length = tokio::spawn(async move { text.len() });
    length.await.unwrap()
}

fn main() {
    let _ = shout("a");
}
