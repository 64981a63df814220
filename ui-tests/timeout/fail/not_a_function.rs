//! Every other item, and it is still there for those that name it.
use std::io;

use steadfast::timeout;

#[timeout(2s)]
struct Client {
    address: String,
}

#[timeout(2s)]
impl Client {
    async fn ping(&self) -> io::Result<()> {
        tokio::net::TcpStream::connect(&self.address).await.map(drop)
    }
}

#[timeout(2s)]
#[allow(async_fn_in_trait)]
trait Ping {
    async fn ping_twice(&self) -> io::Result<()>;
}

impl Ping for Client {
    async fn ping_twice(&self) -> io::Result<()> {
        self.ping().await?;
        self.ping().await
    }
}

#[timeout(2s)]
pub mod names {
    pub const LOCAL: &str = "localhost:80";
}

#[timeout(2s)]
type Outcome = io::Result<()>;

#[tokio::main]
async fn main() -> Outcome {
    Client { address: names::LOCAL.into() }.ping_twice().await
}
