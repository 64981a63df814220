//! Expressions of a wrong type: rustc's own words at the user's expression.
use std::io;
use std::time::Duration;

use steadfast::retry;
use tokio::net::TcpStream;

struct Config {
    tries: String,
    window: u64,
    pause: Duration,
    stop: bool,
    budget: f64,
}

fn log(error: &io::Error) {
    eprintln!("{error}");
}

#[retry(on = any, attempts = config.tries)]
async fn one(config: &Config, address: &str) -> io::Result<TcpStream> {
    TcpStream::connect((address, config.stop.into())).await
}

#[retry(on = any, within = config.window)]
async fn two(config: &Config, address: &str) -> io::Result<TcpStream> {
    TcpStream::connect((address, config.stop.into())).await
}

#[retry(config.pause, on = any)]
async fn three(config: &Config, address: &str) -> io::Result<TcpStream> {
    TcpStream::connect((address, config.stop.into())).await
}

#[retry(on = any, cancel = config.stop)]
async fn four(config: &Config, address: &str) -> io::Result<TcpStream> {
    TcpStream::connect((address, config.stop.into())).await
}

#[retry(on = any, budget = config.budget)]
async fn five(config: &Config, address: &str) -> io::Result<TcpStream> {
    TcpStream::connect((address, config.stop.into())).await
}

#[retry(on = any, on_retry = log)]
async fn six(config: &Config, address: &str) -> io::Result<TcpStream> {
    TcpStream::connect((address, config.stop.into())).await
}

#[retry(on = any, retry_if_ok = |stream| stream.peer_addr())]
async fn seven(config: &Config, address: &str) -> io::Result<TcpStream> {
    TcpStream::connect((address, config.stop.into())).await
}

#[retry(on = any, backoff = exp(config.window, factor = 2))]
async fn eight(config: &Config, address: &str) -> io::Result<TcpStream> {
    TcpStream::connect((address, config.stop.into())).await
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let pause = Duration::from_secs(1);
    let config = Config { tries: "3".into(), window: 30, pause, stop: false, budget: 0.2 };
    let at = "localhost";
    one(&config, at).await?;
    two(&config, at).await?;
    three(&config, at).await?;
    four(&config, at).await?;
    five(&config, at).await?;
    six(&config, at).await?;
    seven(&config, at).await?;
    eight(&config, at).await?;
    Ok(())
}
