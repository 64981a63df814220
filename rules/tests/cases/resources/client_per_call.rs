use std::sync::OnceLock;
use std::time::Duration;

use reqwest::Client;

async fn a_variable(url: &str, limit: Duration) -> reqwest::Result<String> {
    let client = Client::builder().timeout(limit).build()?; //~ client_per_call
    client.get(url).send().await?.text().await
}

async fn in_place(url: &str, limit: Duration) -> reqwest::Result<String> {
    Client::new().get(url).timeout(limit).send().await?.text().await //~ client_per_call
}

async fn by_function(url: &str) -> reqwest::Result<String> {
    reqwest::get(url).await?.text().await //~ client_per_call
}

struct Api {
    client: Client,
}

impl Api {
    async fn new(limit: Duration) -> Self {
        let client = Client::builder().timeout(limit).build().unwrap();
        client.get("http://a/health").send().await.unwrap();
        Self { client }
    }

    async fn user(&self) -> reqwest::Result<String> {
        self.client.get("http://a/user").send().await?.text().await
    }

    async fn reset(&mut self, limit: Duration) {
        self.client = Client::builder().timeout(limit).build().unwrap();
    }
}

#[tokio::main]
async fn main() {
    let client = Client::builder().timeout(Duration::from_secs(5)).build().unwrap();
    client.get("http://a").send().await.unwrap();
}

async fn lent(client: &Client, url: &str) -> reqwest::Result<String> {
    client.get(url).send().await?.text().await
}

async fn for_many(urls: &[String], limit: Duration) {
    let client = Client::builder().timeout(limit).build().unwrap();
    for url in urls {
        client.get(url).send().await.unwrap();
    }
}

async fn for_tasks(urls: Vec<String>, limit: Duration) {
    let client = Client::builder().timeout(limit).build().unwrap();
    let tasks = urls.into_iter().map(|url| client.get(url).send());
    futures::future::join_all(tasks).await;
}

async fn handed_on(limit: Duration) -> Service {
    let client = Client::builder().timeout(limit).build().unwrap();
    Service::start(client).await
}

async fn once(url: &str) -> reqwest::Result<String> {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    let client = CLIENT.get_or_init(|| Client::builder().timeout(Duration::from_secs(5)).build().unwrap());
    client.get(url).send().await?.text().await
}

fn that_blocks(url: &str) -> String {
    reqwest::blocking::Client::new().get(url).send().unwrap().text().unwrap()
}

#[tokio::test]
async fn in_a_test() {
    let client = Client::new();
    client.get("http://a").send().await.unwrap();
}

#[cfg(target_arch = "wasm32")]
async fn in_the_browser(url: &str) -> reqwest::Result<String> {
    Client::new().get(url).send().await?.text().await
}
