//! A type of one's own that must not be alive across an await.

struct Lease;

impl steadfast::marker::NotAcrossAwait for Lease {}

struct Files;

impl Files {
    fn lease(&self) -> Option<Lease> {
        Some(Lease)
    }
}

#[steadfast::checked]
async fn asked(files: &Files) {
    let lease = files.lease();
    fetch().await;
    drop(lease);
}

async fn fetch() {}

fn main() {}
