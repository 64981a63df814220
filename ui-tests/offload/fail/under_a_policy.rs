use steadfast::{PolicyError, bounded, offload, timeout};

#[timeout(0s)]
#[offload(limit = 0)]
fn both_wrong(name: &str) -> Result<usize, PolicyError> {
    Ok(name.len())
}

#[bounded(8)]
#[offload(pool = "gpu")]
fn wrong_pool() -> usize {
    1
}

#[tokio::main]
async fn main() {
    let _ = both_wrong("").await;
    let _ = wrong_pool().await;
}
