//! A client for one call.

/// Stands in for the crate, which these tests do not depend on.
mod reqwest {
    pub(crate) struct Client;

    impl Client {
        pub(crate) fn new() -> Self {
            Self
        }

        pub(crate) async fn get(&self, _: &str) {}
    }

    pub(crate) async fn get(_: &str) {}
}

#[steadfast::checked(deny(client_per_call), allow(client_without_timeout))]
async fn a_variable(url: &str) {
    let client = reqwest::Client::new();
    client.get(url).await;
}

#[steadfast::checked]
async fn by_function(url: &str) {
    reqwest::get(url).await;
}

fn main() {}
