//! A site to crawl: pages that link to each other, on a loopback port.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::get;
use tokio::net::TcpListener;

pub(crate) struct Site {
    address: SocketAddr,
}

#[derive(Clone, Copy)]
struct Pages {
    count: u32,
    broken: bool,
}

impl Site {
    pub(crate) fn url(&self) -> String {
        format!("http://{}/page/0", self.address)
    }
}

/// Serves until the program ends.
pub(crate) async fn start(count: u32, broken: bool) -> io::Result<Site> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let app = Router::new().route("/page/{number}", get(page)).with_state(Pages { count, broken });
    let serve = axum::serve(listener, app).with_graceful_shutdown(steadfast::shutdown().cancelled_owned());
    steadfast::detach("the site is there as long as the crawl", async move {
        if let Err(error) = serve.await {
            eprintln!("crawler: the site has ended: {error}");
        }
    });
    Ok(Site { address })
}

/// Each page links to the next two of a binary tree, back to the first, and to itself.
async fn page(State(pages): State<Pages>, Path(number): Path<u32>) -> Result<Html<String>, StatusCode> {
    if number >= pages.count || pages.broken && number == pages.count - 1 {
        return Err(StatusCode::NOT_FOUND);
    }
    let next = [2 * number + 1, 2 * number + 2].into_iter().filter(|next| *next < pages.count);
    let links = next.map(|next| format!("<a href=\"/page/{next}\">{next}</a>")).collect::<Vec<_>>().concat();
    Ok(Html(format!("<h1>{number}</h1>{links}<a href=\"0\">home</a><a href=\"#top\">top</a>")))
}
