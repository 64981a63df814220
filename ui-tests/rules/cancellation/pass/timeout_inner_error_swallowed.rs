//! Only the type tells that nothing can fail.

use std::time::Duration;

struct Client;

impl Client {
    async fn flush(&self) {}

    async fn find(&self) -> Option<u8> {
        None
    }
}

#[steadfast::checked(deny(timeout_inner_error_swallowed))]
async fn no_result(client: &Client) -> bool {
    if tokio::time::timeout(Duration::from_secs(1), client.flush()).await.is_err() {
        println!("too slow");
    }
    tokio::time::timeout(Duration::from_secs(1), client.find()).await.is_ok()
}

fn main() {}
