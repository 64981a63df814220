//! A web server that is slow, flaky and rate-limited.
//!
//! It runs on the caller's runtime and speaks HTTP/1.1 over a real socket. What it does with a request is drawn from the
//! seed ([`fate`]); whom it sends away depends on how the client behaves ([`gate`](super::gate)).

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, RETRY_AFTER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{self, JoinHandle, JoinSet};
use tokio::time::{Instant, sleep, timeout};

use super::fate::{self, End};
use super::gate::{Gate, RetryAfter};
use super::pages;
use super::timeline::{Step, Timeline};

/// How long requests in flight may go on once the server is told to stop.
const GRACE: Duration = Duration::from_millis(200);
/// Sending a client away takes a busy server a moment, too.
const REFUSAL: Duration = Duration::from_millis(50);

/// A running server. It stops when this is dropped, and stops gracefully by [`stop`](Self::stop).
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    site: Arc<Site>,
    stop: oneshot::Sender<Infallible>,
    serving: JoinHandle<()>,
}

/// What the server saw from its start to its end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    /// Requests in flight over time, those that were sent away included.
    pub(crate) in_flight: Vec<Step>,
    /// Requests sent away with 429.
    pub(crate) refused: usize,
}

#[derive(Debug)]
struct Site {
    seed: u64,
    pages: u32,
    gate: Mutex<Gate>,
    accepted: AtomicUsize,
    refused: AtomicUsize,
    /// How many requests for a page were accepted. Those sent away do not count: how many there are depends on the
    /// client, and the same request shall have the same fate.
    visits: Mutex<HashMap<u32, u32>>,
    timeline: Timeline,
}

impl Server {
    /// Listens on a free loopback port and serves `pages` pages.
    ///
    /// # Errors
    /// When no port can be had.
    pub(crate) async fn start(seed: u64, pages: u32) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let site = Arc::new(Site {
            seed,
            pages,
            gate: Mutex::new(Gate::new(Instant::now())),
            accepted: AtomicUsize::new(0),
            refused: AtomicUsize::new(0),
            visits: Mutex::default(),
            timeline: Timeline::new(),
        });
        let (stop, stopped) = oneshot::channel();
        let serving = task::spawn(serve(listener, site.clone(), stopped));
        Ok(Self { address, site, stop, serving })
    }

    /// Where the server listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many requests are in flight now.
    pub(crate) fn in_flight(&self) -> usize {
        self.site.timeline.in_flight()
    }

    /// Accepts nothing more, lets what is in flight end for a moment, and reports.
    pub(crate) async fn stop(self) -> Log {
        drop(self.stop);
        // It fails only if serving panicked, and the panic has been printed.
        let _ = self.serving.await;
        Log { in_flight: self.site.timeline.steps(), refused: self.site.refused.load(Ordering::Relaxed) }
    }
}

async fn serve(listener: TcpListener, site: Arc<Site>, mut stopped: oneshot::Receiver<Infallible>) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, site.clone(), &graceful));
                }
                // Out of file descriptors, most likely: some come back when a connection ends.
                Err(_) => sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
            _ = &mut stopped => break,
        }
    }
    drop(listener);
    // What is still in flight after that ends with the set of connections.
    let _ = timeout(GRACE, graceful.shutdown()).await;
}

fn connection(
    stream: TcpStream,
    site: Arc<Site>,
    graceful: &GracefulShutdown,
) -> impl Future<Output = ()> + use<> {
    // An answer is small and complete: it should not wait for more to send.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer(site.clone(), request));
    let connection = graceful.watch(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    async move {
        // It fails where the client went away or the fate was `Dropped`, which is what this server is for.
        let _ = connection.await;
    }
}

/// A connection that is closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("dropped on purpose")]
struct Dropped;

async fn answer(site: Arc<Site>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Dropped> {
    // A client that gives up on one request and then sends another did so in this order. But a new connection is read
    // at once, when the end of the old one may still wait to be noticed. Yielding lets the runtime see to every socket
    // first, so that the end of the one is recorded before the beginning of the other.
    task::yield_now().await;
    let _in_flight = site.timeline.enter();
    let page = request.uri().path().strip_prefix("/page/").and_then(|page| page.parse().ok());
    let Some(page) = page.filter(|page| *page < site.pages) else {
        return Ok(status(StatusCode::NOT_FOUND));
    };
    match site.admit() {
        Ok(accepted) => {
            let end = site.serve(page).await;
            drop(accepted);
            end
        }
        Err(RetryAfter { seconds }) => {
            site.refused.fetch_add(1, Ordering::Relaxed);
            sleep(REFUSAL).await;
            let mut response = status(StatusCode::TOO_MANY_REQUESTS);
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
            Ok(response)
        }
    }
}

impl Site {
    fn admit(&self) -> Result<Accepted<'_>, RetryAfter> {
        let in_flight = self.accepted.load(Ordering::Relaxed);
        self.gate.lock().unwrap_or_else(PoisonError::into_inner).admit(Instant::now(), in_flight)?;
        self.accepted.fetch_add(1, Ordering::Relaxed);
        Ok(Accepted(&self.accepted))
    }

    async fn serve(&self, page: u32) -> Result<Response<Full<Bytes>>, Dropped> {
        let fate = fate::of(self.seed, page, self.visit(page));
        sleep(fate.after).await;
        match fate.end {
            End::Page => Ok(html(pages::render(page, self.pages))),
            End::Unavailable => Ok(status(StatusCode::SERVICE_UNAVAILABLE)),
            End::Dropped => Err(Dropped),
        }
    }

    /// Counts a visit to `page`; the first one is 0.
    fn visit(&self, page: u32) -> u32 {
        let mut visits = self.visits.lock().unwrap_or_else(PoisonError::into_inner);
        let visits = visits.entry(page).or_default();
        *visits += 1;
        *visits - 1
    }
}

/// An accepted request; it leaves also when the client goes away.
struct Accepted<'a>(&'a AtomicUsize);

impl Drop for Accepted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn html(body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body));
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static("text/html"));
    response
}

fn status(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}
