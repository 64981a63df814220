//! The tour: crawl a slow, flaky, rate-limited web server, with Steadfast's policies and without them.
//!
//! ```text
//! cargo run --example tour
//! cargo run --example tour -- --pages 500 --limit 16 --seed 3
//! ```
//!
//! Begin with `client.rs`: it is the client with the attributes. `unprotected.rs` is the one without, and the crawl
//! (`crawl.rs`), the single request (`site.rs`) and the server (`server.rs`) are the same for both.
#![forbid(unsafe_code)]

mod client;
mod crawl;
mod fate;
mod gate;
mod look;
mod options;
mod pages;
mod plot;
mod report;
mod run;
mod screen;
mod server;
mod site;
mod table;
mod tally;
mod timeline;
mod unprotected;

use std::env;
use std::io::{self, Write as _};
use std::pin::pin;
use std::process::ExitCode;

use steadfast::observe;

use look::{Look, Tone};
use options::Options;
use run::{End, Interrupt, Run, run};

/// Client and server share one thread, so that what the client does first also reaches the server first; see
/// `server.rs` for what depends on it.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = Options::read(env::args_os()).unwrap_or_else(|error| error.exit());
    match tour(&options, Look::of_stdout(options.plain)).await {
        Ok(code) => code,
        // Whoever reads has had enough, as `head` does after ten lines.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tour: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn tour(options: &Options, look: Look) -> io::Result<ExitCode> {
    print(&introduction(options, look))?;
    let interrupt = pin!(tokio::signal::ctrl_c());
    let interrupt: &mut Interrupt<'_> = &mut (interrupt as Interrupt<'_>);

    let with = run("with steadfast", options, look, interrupt, async |site, tally| {
        let _counting = observe::subscribe(tally.clone());
        let client = client::Client::new(site, options.limit as usize, tally);
        client.crawl().await.map_or(End::Deadline, |()| End::Complete)
    })
    .await?;

    let mut without = None;
    if with.end != End::Interrupted {
        let crawl = run("without", options, look, interrupt, async |site, tally| {
            unprotected::Client::new(site, tally).crawl().await;
            End::Complete
        });
        without = Some(crawl.await?);
    }

    print(&report::report(options, look, &with, without.as_ref()))?;
    Ok(exit_code(options, &with, without.as_ref()))
}

fn introduction(options: &Options, look: Look) -> String {
    let Options { seed, pages, limit, .. } = options;
    let headline = format!("Steadfast tour: {pages} pages, at most {limit} requests at once, seed {seed}");
    format!(
        "{}\n\
         The web server in this process is slow, breaks connections, answers 503, and\n\
         sends those who ask too often away with 429 and Retry-After. One client after\n\
         the other crawls it.\n",
        look.paint(Tone::Strong, &headline)
    )
}

fn exit_code(options: &Options, with: &Run, without: Option<&Run>) -> ExitCode {
    let interrupted = |run: &Run| run.end == End::Interrupted;
    if interrupted(with) || without.is_some_and(interrupted) {
        // 128 + SIGINT, as a shell reports it.
        return ExitCode::from(130);
    }
    if with.counts.pages.len() == options.pages as usize { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn print(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}
