//! A service: HTTP, web sockets that hear each other, and an end in order.
//!
//! ```text
//! cargo run --example chat -- --port 8080
//! ```
//!
//! Every client of `ws://localhost:8080/chat` hears what any of them says. `GET /health` tells how many there are. On Ctrl-C
//! or `SIGTERM` nobody new is let in, everybody is told goodbye, requests in flight end, and the program leaves with 0.
#![forbid(unsafe_code)]

mod client;
mod room;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{State, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use clap::Parser;
use tokio::net::TcpListener;

use room::Room;

#[derive(Parser)]
#[command(about = "Lets the clients of a web socket hear each other")]
struct Options {
    /// The port of the loopback address; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

#[steadfast::main(grace = 5s)]
async fn main() -> io::Result<()> {
    let options = Options::parse();
    let room = Arc::new(Room::new());
    let app = Router::new().route("/chat", get(chat)).route("/health", get(health)).with_state(room);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    println!("listening on {}", listener.local_addr()?);
    axum::serve(listener, app).with_graceful_shutdown(steadfast::shutdown().cancelled_owned()).await?;
    println!("goodbye");
    Ok(())
}

async fn health(State(room): State<Arc<Room>>) -> String {
    format!("{} in the room\n", room.count())
}

async fn chat(State(room): State<Arc<Room>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(async move |socket| {
        // A task that the program waits for at its end, as it does not for those of axum.
        steadfast::detach("serves a client", async move {
            if let Err(error) = client::serve(socket, room).await {
                eprintln!("chat: {error}");
            }
        });
    })
}
