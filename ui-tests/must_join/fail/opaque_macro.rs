//! MJ002: tokens that are no code to anybody but the macro.
use steadfast::must_join;

macro_rules! pipeline {
    (go => $first:expr ; until $second:expr) => {{
        $first;
        $second
    }};
}

#[must_join]
async fn ingest() {
    pipeline! { go => tokio::spawn(async {}) ; until tokio::task::yield_now().await };
}

fn main() {
    let _ = ingest();
}
