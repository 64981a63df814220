use std::path::Path;

mod config {
    pub fn load() -> String {
        std::fs::read_to_string("a").unwrap()
    }

    pub mod deep {
        pub fn wait() {
            std::thread::sleep(LIMIT);
        }

        pub async fn calls_up() {
            super::load(); //~ transitive_blocking
            self::wait(); //~ transitive_blocking
            crate::config::load(); //~ transitive_blocking
        }
    }
}

use config::deep::{self, wait as pause};
use config::load;

async fn by_import() {
    load(); //~ transitive_blocking
    pause(); //~ transitive_blocking
    deep::wait(); //~ transitive_blocking
    config::load(); //~ transitive_blocking
}

struct Store;

impl Store {
    fn read(&self, path: &Path) -> Vec<u8> {
        std::fs::read(path).unwrap()
    }

    fn shared() {
        std::thread::sleep(LIMIT);
    }

    async fn get(&self) {
        self.read(KEY); //~ transitive_blocking
        Self::shared(); //~ transitive_blocking
        Store::shared(); //~ transitive_blocking
    }

    async fn offloaded(&self) {
        tokio::task::spawn_blocking(Self::shared).await.unwrap();
        tokio::task::spawn_blocking(|| Self::shared()).await.unwrap();
    }
}

fn harmless() {
    std::thread::spawn(|| std::fs::read("a"));
}

async fn calls_harmless() {
    harmless();
}

fn two_calls_away() -> String {
    load()
}

async fn calls_two_away() {
    two_calls_away();
}

#[cfg(unix)]
fn by_platform() {
    std::thread::sleep(LIMIT);
}

#[cfg(windows)]
fn by_platform() {}

async fn calls_by_platform() {
    by_platform();
}

async fn asynchronous() {
    fn load() {}
    load();
}

async fn shadowed(load: fn()) {
    load();
}

#[steadfast::allow(blocking_fs, reason = "one small file")]
fn small() -> Vec<u8> {
    std::fs::read("a").unwrap()
}

async fn calls_small() {
    small();
}

#[tokio::main]
async fn main() {
    load();
    tokio::spawn(by_import()).await.unwrap();
}

fn synchronous() {
    load();
}
