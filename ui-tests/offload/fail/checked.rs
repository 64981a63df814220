//! In an item that is checked, the only mistake is that of the attribute.
use std::path::PathBuf;
use std::{fs, io};

use steadfast::{checked, offload};

struct Words;

#[checked]
impl Words {
    #[offload]
    async fn count(path: PathBuf) -> io::Result<usize> {
        Ok(fs::read_to_string(path)?.split_whitespace().count())
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    println!("{}", Words::count("a.txt".into()).await?);
    Ok(())
}
