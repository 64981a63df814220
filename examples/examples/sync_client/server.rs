//! A web server of the standard library's sockets: three paths, one of which never answers.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;

pub(crate) struct Server {
    address: SocketAddr,
}

impl Server {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }
}

/// Listens on a free loopback port until the process ends.
pub(crate) fn start() -> io::Result<Server> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that goes away early is its own affair.
            thread::spawn(move || answer(stream).unwrap_or_default());
        }
    });
    Ok(Server { address })
}

fn answer(mut stream: TcpStream) -> io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|header| !header.is_empty()) {}
    let body = match request.split(' ').nth(1) {
        Some("/greeting.txt") => "hello\n".to_owned(),
        Some("/numbers.txt") => (1..=100).map(|number| format!("{number}\n")).collect::<Vec<_>>().concat(),
        Some("/never") => loop {
            thread::park();
        },
        _ => {
            return stream
                .write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    };
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}
