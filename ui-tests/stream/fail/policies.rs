use steadfast::{PolicyError, bounded, offload, retry, stream, timeout};

#[timeout(2s)]
#[stream]
async fn above() -> Result<u8, PolicyError> {
    yield_!(Ok(1));
}

#[stream]
#[retry(on = any)]
#[bounded(8)]
async fn below() -> Result<u8, PolicyError> {
    yield_!(Ok(1));
}

#[stream]
#[must_join]
async fn joins() -> u8 {
    yield_!(1);
}

#[stream]
#[offload]
async fn offloaded() -> u8 {
    yield_!(1);
}

fn main() {}
