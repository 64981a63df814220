//! A `bounded` that may refuse has to say so; one that only waits has nothing to say (see pass/any_return_type.rs).
use steadfast::bounded;

struct Thumbnail {
    bytes: Vec<u8>,
}

#[bounded(8, queue = 100)]
async fn thumbnail(path: &str) -> Thumbnail {
    Thumbnail { bytes: tokio::fs::read(path).await.unwrap_or_default() }
}

#[bounded(8, reject)]
async fn size(path: &str) -> Option<u64> {
    tokio::fs::metadata(path).await.ok().map(|data| data.len())
}

#[bounded(8, max_wait = 500ms)]
async fn touch(path: &str) {
    let _ = tokio::fs::write(path, "").await;
}

#[tokio::main]
async fn main() {
    println!("{}", thumbnail("a.png").await.bytes.len());
    println!("{:?}", size("a.png").await);
    touch("a.png").await;
}
