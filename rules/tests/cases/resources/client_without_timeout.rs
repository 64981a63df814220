use std::sync::{LazyLock, OnceLock};
use std::time::Duration;

use reqwest::{Client, ClientBuilder};

static CLIENT: LazyLock<Client> = LazyLock::new(Client::new);

struct Api {
    client: Client,
}

impl Api {
    fn new() -> Self {
        Self { client: Client::new() } //~ client_without_timeout
    }

    fn with_agent() -> Self {
        let client = Client::builder().user_agent("a").build().unwrap(); //~ client_without_timeout
        Self { client }
    }

    fn with_timeout() -> Self {
        let client = Client::builder().timeout(Duration::from_secs(30)).user_agent("a").build().unwrap();
        Self { client }
    }

    fn for_streams() -> Self {
        let builder = Client::builder().read_timeout(Duration::from_secs(30));
        Self { client: builder.build().unwrap() }
    }
}

fn in_steps(agent: &str) -> reqwest::Result<Client> {
    let builder = ClientBuilder::new().user_agent(agent);
    builder.build() //~ client_without_timeout
}

fn lazily() -> &'static Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| Client::default()) //~ client_without_timeout
}

fn lazily_with_a_timeout() -> &'static Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| Client::builder().timeout(Duration::from_secs(30)).build().unwrap())
}

fn on_a_condition(limit: Option<Duration>) -> reqwest::Result<Client> {
    let mut builder = Client::builder();
    if let Some(limit) = limit {
        builder = builder.timeout(limit);
    }
    builder.build()
}

async fn for_every_request() -> reqwest::Result<String> {
    let client = Client::builder().user_agent("a").build()?;
    let pages = client.get("http://a").timeout(Duration::from_secs(5)).send().await?;
    client.clone();
    Ok(take(client, pages))
}

async fn around_it(url: &str) -> String {
    let client = Client::new();
    tokio::time::timeout(Duration::from_secs(5), load(&client, url)).await.unwrap()
}

#[steadfast::timeout(5 s)]
async fn by_attribute(url: &str) -> String {
    load(&Client::new(), url).await
}

fn from_outside(builder: ClientBuilder) -> reqwest::Result<Client> {
    builder.build()
}

fn lent(client: &Client) -> Client {
    client.clone()
}

fn that_blocks() -> reqwest::blocking::Client {
    reqwest::blocking::Client::new()
}

mod own {
    use super::own_http::Client;

    fn client() -> Client {
        Client::new()
    }
}

#[tokio::test]
async fn in_a_test() {
    let client = Client::new();
    client.get("http://a").send().await.unwrap();
}

#[cfg(target_arch = "wasm32")]
fn in_the_browser() -> Client {
    Client::new()
}

#[cfg(all(feature = "fetch", target_family = "wasm"))]
mod fetch {
    fn in_the_browser() -> reqwest::Client {
        reqwest::Client::builder().build().unwrap()
    }
}

fn by_platform() -> Client {
    #[cfg(not(target_family = "wasm"))]
    return Client::new(); //~ client_without_timeout

    #[cfg(target_family = "wasm")]
    return Client::new();
}

#[cfg(any(target_arch = "wasm32", unix))]
fn not_only_in_the_browser() -> Client {
    Client::new() //~ client_without_timeout
}

fn for_lookups() -> reqwest::Result<Client> {
    Client::builder().user_agent("a").build()
}

async fn looks_up(url: &str) -> reqwest::Result<String> {
    for_lookups()?.get(url).timeout(Duration::from_secs(5)).send().await?.text().await
}

fn for_downloads() -> reqwest::Result<Client> {
    Client::builder().user_agent("b").build() //~ client_without_timeout
}

async fn downloads(url: &str) -> reqwest::Result<String> {
    for_downloads()?.get(url).send().await?.text().await
}
