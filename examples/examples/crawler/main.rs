//! A crawler: every page that can be reached from one, each fetched once, with reqwest.
//!
//! ```text
//! cargo run --example crawler                       # crawls a site of its own on a loopback port
//! cargo run --example crawler -- http://localhost:8000/
//! ```
//!
//! One scope holds all fetches. A fetch that fails for good ends the crawl: the others are stopped and waited for, and
//! the error says which page it was. `--keep-going` collects the failures instead.
#![forbid(unsafe_code)]

mod fetch;
mod links;
mod site;

use std::collections::HashSet;
use std::io;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use clap::Parser;
use steadfast::{GroupError, Scope, scope};

use fetch::{Client, FetchError};

#[derive(Parser)]
#[command(about = "Fetches every page that can be reached from one")]
struct Options {
    /// Where to begin; without it, a small site of this program's own.
    url: Option<String>,
    /// How many pages are fetched at once.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..))]
    limit: u16,
    /// How many pages the program's own site has.
    #[arg(long, default_value_t = 60)]
    pages: u32,
    /// One of them is missing.
    #[arg(long)]
    broken: bool,
    /// Go on after a page that cannot be fetched.
    #[arg(long)]
    keep_going: bool,
}

#[steadfast::main(grace = 1s)]
async fn main() -> io::Result<ExitCode> {
    let options = Options::parse();
    let (start, _site) = match &options.url {
        Some(url) => (url.clone(), None),
        None => {
            let site = site::start(options.pages, options.broken).await?;
            (site.url(), Some(site))
        }
    };
    let crawl = Arc::new(Crawl { client: Client::new(usize::from(options.limit)), seen: Mutex::default() });
    match crawl.run(start, options.keep_going).await {
        Ok(()) => {
            println!("{} pages", crawl.count());
            Ok(ExitCode::SUCCESS)
        }
        Err(failures) => {
            println!("{} pages, {} failed", crawl.count(), failures.len());
            for failure in failures.failures() {
                eprintln!("crawler: {failure}");
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

struct Crawl {
    client: Client,
    /// The pages that are fetched or were fetched.
    seen: Mutex<HashSet<String>>,
}

impl Crawl {
    async fn run(self: &Arc<Self>, start: String, keep_going: bool) -> Result<(), GroupError<FetchError>> {
        let crawl = Arc::clone(self);
        let body = async move |tasks: Scope<FetchError>| {
            crawl.visit(&tasks, start);
            Ok(())
        };
        if keep_going { scope::Options::new().collect().run(body).await } else { scope(body).await }
    }

    /// Fetches the page in a task of its own, which visits what the page links to. The limit stands in the client.
    fn visit(self: &Arc<Self>, tasks: &Scope<FetchError>, url: String) {
        if !self.seen().insert(url.clone()) {
            return;
        }
        let (crawl, siblings) = (Arc::clone(self), tasks.clone());
        drop(tasks.spawn(async move {
            let text = crawl.client.fetch(&url).await?;
            for link in links::of(&url, &text) {
                crawl.visit(&siblings, link);
            }
            Ok(())
        }));
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self) -> usize {
        self.seen().len()
    }
}
