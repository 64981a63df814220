//! Clients that make the thread wait: known by their path, or by `steadfast::marker::BlockingClient`.

/// Stands for the crate: to know it by its path is enough.
mod reqwest {
    pub mod blocking {
        pub fn get(_: &str) -> Result<String, std::io::Error> {
            Ok(String::new())
        }
    }
}

/// Stands for the crate as well.
mod rusqlite {
    pub struct Connection;

    impl Connection {
        pub fn open(_: &str) -> Result<Self, std::io::Error> {
            Ok(Self)
        }
    }
}

struct Directory;

struct Search;

impl Directory {
    fn search(&self, _: &str) -> Search {
        Search
    }

    fn query_row(&self, _: &str) -> Option<u8> {
        None
    }
}

impl Search {
    fn send(self) -> Option<u8> {
        None
    }
}

impl steadfast::marker::BlockingClient for Directory {}
impl steadfast::marker::BlockingClient for Search {}

#[steadfast::checked]
async fn by_path() -> Result<String, std::io::Error> {
    let text = reqwest::blocking::get("https://example.org")?;
    let _database = rusqlite::Connection::open("a.db")?;
    Ok(text)
}

#[steadfast::checked]
async fn by_type(directory: Directory, prepared: Search) {
    let _ = directory.search("a").send();
    let _ = prepared.send();
    let _ = directory.query_row("SELECT 1");
}

fn main() {}
