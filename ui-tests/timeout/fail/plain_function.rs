//! A function that is not `async` cannot be interrupted.
use std::io::{self, Read};
use std::net::TcpStream;

use steadfast::timeout;

#[timeout(2s)]
fn banner(address: &str) -> io::Result<String> {
    let mut text = String::new();
    TcpStream::connect(address)?.read_to_string(&mut text)?;
    Ok(text)
}

struct Hasher {
    rounds: u32,
}

impl Hasher {
    #[timeout(attempt = 100ms)]
    pub fn hash(&self, password: &str) -> io::Result<u64> {
        let mut hash = 0_u64;
        for _ in 0..self.rounds {
            hash = password.bytes().fold(hash, |hash, byte| hash.rotate_left(5) ^ u64::from(byte));
        }
        Ok(hash)
    }
}

fn main() -> io::Result<()> {
    println!("{}", banner("localhost:22")?);
    println!("{}", Hasher { rounds: 10 }.hash("secret")?);
    Ok(())
}
