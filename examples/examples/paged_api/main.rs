//! A paginated API as one stream of its items.
//!
//! ```text
//! cargo run --example paged_api
//! cargo run --example paged_api -- --take 25
//! ```
//!
//! `orders` asks for a page when the items of the last one are used up: whoever stops early asks for nothing more.
#![forbid(unsafe_code)]

mod api;

use std::pin::pin;

use clap::Parser;
use futures::StreamExt as _;
use steadfast::{PolicyError, Transient, retry, stream, timeout};

use api::Page;

#[derive(Parser)]
#[command(about = "Reads orders from a paginated API")]
struct Options {
    /// How many orders there are.
    #[arg(long, default_value_t = 95)]
    orders: u32,
    /// How many of them are read.
    #[arg(long)]
    take: Option<usize>,
}

#[derive(Debug, thiserror::Error, Transient)]
enum ApiError {
    #[transient]
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[policy]
    #[error("{0}")]
    Policy(PolicyError),
}

#[steadfast::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options::parse();
    let api = api::start(options.orders).await?;
    let mut orders = pin!(orders(reqwest::Client::new(), api.url()).take(options.take.unwrap_or(usize::MAX)));
    let (mut count, mut sum) = (0, 0);
    while let Some(order) = orders.next().await {
        sum += order?.cents;
        count += 1;
    }
    println!("{count} orders, {}.{:02} in all, {} requests", sum / 100, sum % 100, api.requests());
    Ok(())
}

/// All orders, page by page.
#[stream]
async fn orders(client: reqwest::Client, url: String) -> Result<api::Order, ApiError> {
    let mut cursor = None;
    loop {
        let page = page(&client, &url, cursor).await?;
        for order in page.orders {
            yield_!(Ok(order));
        }
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
}

/// One page. A page that fails is asked for again; the orders before it are not read twice.
#[retry(attempts = 4, backoff = exp(10ms, cap = 1s), idempotent)]
#[timeout(attempt = 5s)]
async fn page(client: &reqwest::Client, url: &str, cursor: Option<u32>) -> Result<Page, ApiError> {
    let url = format!("{url}?cursor={}", cursor.unwrap_or(0));
    let text = client.get(url).send().await?.error_for_status()?.text().await?;
    Ok(Page::parse(&text))
}
