//! The API: ten orders a page, a cursor for the next one, and now and then a 503.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;

const PER_PAGE: u32 = 10;

#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) cents: u64,
}

/// A page on the wire is a line `next=<cursor>`, or none, and a line for each order.
pub(crate) struct Page {
    pub(crate) orders: Vec<Order>,
    pub(crate) next: Option<u32>,
}

impl Page {
    pub(crate) fn parse(text: &str) -> Self {
        let next = text.lines().find_map(|line| line.strip_prefix("next=")?.parse().ok());
        let orders =
            text.lines().filter_map(|line| Some(Order { cents: line.strip_prefix("cents=")?.parse().ok()? }));
        Self { orders: orders.collect(), next }
    }
}

pub(crate) struct Api {
    address: SocketAddr,
    shop: Arc<Shop>,
}

struct Shop {
    orders: u32,
    requests: AtomicU32,
}

impl Api {
    pub(crate) fn url(&self) -> String {
        format!("http://{}/orders", self.address)
    }

    /// How many requests were answered, those with 503 included.
    pub(crate) fn requests(&self) -> u32 {
        self.shop.requests.load(Ordering::Relaxed)
    }
}

/// Serves until the program ends.
pub(crate) async fn start(orders: u32) -> io::Result<Api> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let shop = Arc::new(Shop { orders, requests: AtomicU32::new(0) });
    let app = Router::new().route("/orders", get(page)).with_state(Arc::clone(&shop));
    let serve = axum::serve(listener, app).with_graceful_shutdown(steadfast::shutdown().cancelled_owned());
    steadfast::detach("the API is there as long as the program", async move {
        if let Err(error) = serve.await {
            eprintln!("paged_api: the API has ended: {error}");
        }
    });
    Ok(Api { address, shop })
}

async fn page(State(shop): State<Arc<Shop>>, RawQuery(query): RawQuery) -> Result<String, StatusCode> {
    // Every fifth request comes at a bad moment.
    if shop.requests.fetch_add(1, Ordering::Relaxed) % 5 == 4 {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    let query = query.unwrap_or_default();
    let start = query.strip_prefix("cursor=").and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
    let end = shop.orders.min(start + PER_PAGE);
    let next = if end < shop.orders { format!("next={end}\n") } else { String::new() };
    let orders = (start..end).map(|order| format!("cents={}\n", 100 + order)).collect::<Vec<_>>().concat();
    Ok(next + &orders)
}
