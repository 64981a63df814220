#![deny(warnings)]
//! What only its type tells from a guard that must not be alive across an await.

struct Files;

impl Files {
    fn lease(&self) -> u32 {
        60
    }
}

#[steadfast::checked]
async fn a_number(files: &Files) -> u32 {
    let lease = files.lease();
    fetch().await;
    lease
}

async fn fetch() {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(a_number(&Files).await, 60);
}
