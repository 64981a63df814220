use steadfast::offload;

const fn limit() -> usize {
    4
}

#[offload(pol = "cpu")]
fn misspelt() {}

#[offload(limt = 4, pool = "cpus")]
fn both_misspelt() {}

#[offload(max_concurrent = 4)]
fn from_elsewhere() {}

#[offload(4)]
fn bare_number() {}

#[offload("cpu")]
fn bare_pool() {}

#[offload(cpu)]
fn bare_word() {}

#[offload(pool)]
fn without_value() {}

#[offload(limit = 0)]
fn zero() {}

#[offload(limit = limit())]
fn computed() {}

#[offload(limit = size)]
fn of_an_argument(size: usize) {
    let _ = size;
}

#[offload(limit = "many")]
fn wrong_type() {}

#[offload(pool = "cpu", pool = "blocking", limit = 1, limit = 2)]
fn twice() {}

#[offload(timeout = 2s)]
fn unknown() {}

#[tokio::main]
async fn main() {
    misspelt().await;
    zero().await;
}
