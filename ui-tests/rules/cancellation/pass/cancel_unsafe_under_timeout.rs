//! Only the type tells that nothing is lost.

use std::time::Duration;

struct Resumable;

impl Resumable {
    async fn read_exact(&mut self, _: &mut [u8]) {}
}

#[steadfast::checked(deny(cancel_unsafe_under_timeout))]
async fn own_type(mut stream: Resumable) {
    let mut header = [0; 16];
    for _ in 0..3 {
        match tokio::time::timeout(Duration::from_secs(1), stream.read_exact(&mut header)).await {
            Ok(()) => println!("{header:?}"),
            Err(_) => println!("idle"),
        }
    }
}

fn main() {}
