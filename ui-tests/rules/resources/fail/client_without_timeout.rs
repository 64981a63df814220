//! A client that waits forever.

/// Stands in for the crate, which these tests do not depend on.
mod reqwest {
    pub(crate) struct Client;

    impl Client {
        pub(crate) fn new() -> Self {
            Self
        }

        pub(crate) fn builder() -> ClientBuilder {
            ClientBuilder
        }
    }

    pub(crate) struct ClientBuilder;

    impl ClientBuilder {
        pub(crate) fn user_agent(self, _: &str) -> Self {
            self
        }

        pub(crate) fn build(self) -> Result<Client, ()> {
            Ok(Client)
        }
    }
}

#[steadfast::checked(deny(client_without_timeout))]
fn new() -> reqwest::Client {
    reqwest::Client::new()
}

#[steadfast::checked]
fn built() -> Result<reqwest::Client, ()> {
    reqwest::Client::builder().user_agent("a").build()
}

fn main() {}
