//! A synchronous program that calls asynchronous code.
//!
//! ```text
//! cargo run --example sync_client
//! ```
//!
//! `main` has no runtime and no `async`. It reads two files of a web server (its own, on a loopback port, on a thread of
//! its own) through an asynchronous client, with a time limit for each call, and reports like any command-line program.
#![forbid(unsafe_code)]

mod server;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use steadfast::{PolicyErrorKind, from_sync, retry};

/// How long a whole file may take.
const LIMIT: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sync_client: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let server = server::start()?;
    for file in ["greeting.txt", "numbers.txt"] {
        // Blocks this thread, for two seconds at most. Inside of a runtime it would say so instead.
        let text = from_sync(download(server.url(file)), LIMIT)??;
        println!("{file}: {} bytes, {} lines", text.len(), text.lines().count());
    }
    match from_sync(download(server.url("never")), Duration::from_millis(300)) {
        Err(policy) if policy.kind() == PolicyErrorKind::TimedOut => println!("never: no answer in time"),
        Err(policy) => return Err(policy.into()),
        Ok(answer) => return Err(format!("`never` answered: {answer:?}").into()),
    }
    Ok(())
}

/// Asynchronous, and used as it is: a server that is just starting is asked again.
#[steadfast::allow(
    client_per_call,
    reason = "each call has a runtime of its own, which no connection outlives"
)]
#[retry(on = reqwest::Error::is_connect, attempts = 5, backoff = exp(20ms, cap = 200ms))]
async fn download(url: String) -> Result<String, reqwest::Error> {
    reqwest::get(url).await?.error_for_status()?.text().await
}
