//! One crawl against a server of its own.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::look::Look;
use super::options::Options;
use super::screen::{self, Progress, Scene};
use super::server::{Log, Server};
use super::site::Site;
use super::tally::{Counts, Tally};

/// A crawl that has ended, in whatever way.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) end: End,
    pub(crate) took: Duration,
    /// What the client counted.
    pub(crate) counts: Counts,
    /// What the server saw.
    pub(crate) log: Log,
}

/// How a crawl ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Every page that was found has been fetched or given up.
    Complete,
    /// The deadline came first.
    Deadline,
    /// Ctrl-C came first.
    Interrupted,
}

/// Completes when the user presses Ctrl-C, and is asked again and again until then.
pub(crate) type Interrupt<'a> = Pin<&'a mut dyn Future<Output = io::Result<()>>>;

/// Starts a server, runs `crawl` against it until it ends or is interrupted, and stops the server.
///
/// # Errors
/// When the server or the client cannot be started.
pub(crate) async fn run(
    title: &'static str,
    options: &Options,
    look: Look,
    interrupt: &mut Interrupt<'_>,
    crawl: impl AsyncFnOnce(Site, Arc<Tally>) -> End,
) -> io::Result<Run> {
    let server = Server::start(options.seed, options.pages).await?;
    let tally = Arc::new(Tally::default());
    let site = Site::new(server.address(), tally.clone()).map_err(io::Error::other)?;
    let scene = Scene { title, pages: options.pages, limit: options.limit };
    let progress = || {
        let counts = tally.counts();
        Progress {
            fetched: counts.pages.len(),
            failed: counts.failed(),
            in_flight: server.in_flight(),
            retries: counts.retried(),
        }
    };
    let began = Instant::now();
    let end = tokio::select! {
        biased;
        interrupted = interrupt => { interrupted?; End::Interrupted }
        end = crawl(site, tally.clone()) => end,
        never = screen::follow(look, scene, progress) => match never {},
    };
    let took = began.elapsed();
    let log = server.stop().await;
    Ok(Run { end, took, counts: tally.counts(), log })
}
