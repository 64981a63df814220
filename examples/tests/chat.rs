//! Runs the chat as a service manager does: starts it, talks to it over real sockets, asks it to stop.
#![cfg(unix)]

mod program;

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What a healthy program on a busy machine is far below.
const PATIENCE: Duration = Duration::from_secs(20);

struct Service {
    process: Child,
    output: BufReader<ChildStdout>,
    address: String,
}

impl Service {
    fn start() -> Self {
        let mut process =
            program::example("chat").args(["--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { process, output, address }
    }

    async fn enter(&self) -> Client {
        connect_async(format!("ws://{}/chat", self.address)).await.unwrap().0
    }

    fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// What it still prints, and its exit code.
    fn end(mut self) -> (String, Option<i32>) {
        let rest = self.output.by_ref().lines().map(Result::unwrap).collect::<Vec<_>>().join("\n");
        (rest, self.process.wait().unwrap().code())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It has ended already, unless the test has failed.
        let _ = self.process.kill();
    }
}

async fn next(client: &mut Client) -> Option<Message> {
    timeout(PATIENCE, client.next()).await.expect("nothing came").map(Result::unwrap)
}

async fn say(client: &mut Client, text: &str) {
    client.send(Message::text(text)).await.unwrap();
}

#[tokio::test]
async fn everybody_hears_what_one_says() {
    let service = Service::start();
    let (mut ada, mut bob) = (service.enter().await, service.enter().await);
    // A client is in the room when it hears itself.
    say(&mut bob, "here").await;
    while next(&mut bob).await != Some(Message::text("here")) {}
    say(&mut ada, "hello").await;
    while next(&mut ada).await != Some(Message::text("hello")) {}
    assert_eq!(next(&mut bob).await, Some(Message::text("hello")));

    let health = reqwest::get(format!("http://{}/health", service.address)).await.unwrap();
    assert_eq!(health.text().await.unwrap(), "2 in the room\n");
}

#[tokio::test]
async fn says_goodbye_when_it_is_asked_to_stop() {
    for signal in ["TERM", "INT"] {
        let service = Service::start();
        let mut client = service.enter().await;
        say(&mut client, "here").await;
        assert_eq!(next(&mut client).await, Some(Message::text("here")));

        service.signal(signal);
        let Some(Message::Close(Some(frame))) = next(&mut client).await else {
            panic!("no goodbye after {signal}")
        };
        assert_eq!((frame.code, frame.reason.as_str()), (CloseCode::Away, "the server ends"));
        drop(client);
        let (rest, code) = service.end();
        assert_eq!((rest.as_str(), code), ("goodbye", Some(0)), "after {signal}");
    }
}
