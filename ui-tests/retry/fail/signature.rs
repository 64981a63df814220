//! Functions without a body, in the compiler, and without an end.
use std::io;

use steadfast::retry;

#[allow(async_fn_in_trait)]
trait Store {
    #[retry(on = any)]
    async fn load(&self, key: &str) -> io::Result<Vec<u8>>;

    #[retry(on = any)]
    fn size(&self, key: &str) -> io::Result<u64>;
}

#[retry(on = any)]
pub const fn parse(digit: u8) -> Result<u8, u8> {
    if digit.is_ascii_digit() { Ok(digit - b'0') } else { Err(digit) }
}

#[retry(on = any)]
async fn serve(address: &str) -> ! {
    loop {
        let _ = tokio::net::TcpListener::bind(address).await;
    }
}

struct Files;

impl Store for Files {
    async fn load(&self, key: &str) -> io::Result<Vec<u8>> {
        tokio::fs::read(key).await
    }

    fn size(&self, key: &str) -> io::Result<u64> {
        std::fs::metadata(key).map(|data| data.len())
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    println!("{:?} {:?}", Files.load("a.txt").await?, Files.size("a.txt")?);
    println!("{:?}", parse(b'3'));
    serve("localhost:80").await
}
