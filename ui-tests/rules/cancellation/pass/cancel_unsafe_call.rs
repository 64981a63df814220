#![deny(warnings, clippy::pedantic, clippy::nursery)]
//! Functions whose names may be marked are asked about, and code that is right must not notice.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use steadfast_tests_marked::orders::{Journal, peek, store, transfer};
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(1);

/// What has the names of marked functions, and is something else.
mod names {
    pub async fn post(of: u8) -> u8 {
        of
    }

    /// A module and its function.
    pub mod settle {
        pub async fn settle() -> u8 {
            1
        }
    }
    pub use settle::settle;

    #[steadfast::blocking]
    pub fn transfer() -> std::future::Ready<u8> {
        std::future::ready(1)
    }

    pub mod apply {
        pub async fn store(order: &str) -> std::io::Result<usize> {
            Ok(order.len())
        }
    }

    #[derive(Clone, Default)]
    pub struct Log {
        lines: u8,
    }

    impl Log {
        pub async fn append(&mut self, line: u8) -> u8 {
            self.lines += line;
            self.lines
        }

        pub async fn sync<T: Default>(&self) -> T {
            T::default()
        }
    }
}

#[steadfast::checked]
async fn of_the_same_name(mut log: names::Log, other: names::Log, mut news: Receiver<u8>) -> u8 {
    use names::{post, settle};
    let mut late = None;
    loop {
        tokio::select! {
            one = post(1) => late = Some(one),
            two = names::settle() => late = Some(two),
            two = settle::settle() => late = Some(two),
            three = names::transfer() => late = Some(three),
            lines = log.append(4) => late = Some(lines),
            nothing = other.sync() => late = Some(nothing),
            Some(item) = news.recv() => return item,
            else => return late.unwrap_or_default(),
        }
    }
}

#[steadfast::checked]
async fn polled_on(mut news: Receiver<u8>) -> usize {
    let mut future = pin!(transfer("a"));
    loop {
        tokio::select! {
            done = &mut future => return done,
            item = news.recv() => println!("{item:?}"),
        }
    }
}

#[steadfast::checked]
async fn made_anew(journal: &Journal, mut news: Receiver<u8>) {
    let mut future = pin!(journal.sync());
    loop {
        tokio::select! {
            done = &mut future => {
                println!("{done}");
                future.set(journal.sync());
            }
            item = news.recv() => if item.is_none() { return },
        }
    }
}

#[steadfast::checked]
async fn spawned(mut news: Receiver<u8>) -> Option<usize> {
    let mut task = tokio::spawn(transfer("a"));
    loop {
        tokio::select! {
            done = &mut task => return done.ok(),
            item = news.recv() => println!("{item:?}"),
        }
    }
}

#[steadfast::checked]
async fn until_shutdown(journal: &mut Journal, mut shutdown: Receiver<()>) {
    loop {
        tokio::select! {
            lines = journal.append("a") => println!("{lines}"),
            _ = shutdown.recv() => break,
        }
    }
}

#[steadfast::checked]
async fn unmarked(journal: &Journal, shared: Arc<Journal>, mut news: Receiver<u8>) {
    loop {
        tokio::select! {
            lines = journal.len() => println!("{lines}"),
            is_empty = shared.is_empty() => println!("{is_empty}"),
            length = peek("a") => println!("{length}"),
            item = news.recv() => if item.is_none() { return },
        }
    }
}

#[steadfast::checked]
async fn on_to_its_end(journal: &mut Journal) -> usize {
    let lines = {
        let mut future = pin!(journal.append("a"));
        match timeout(LIMIT, &mut future).await {
            Ok(lines) => lines,
            Err(_) => {
                println!("slow");
                future.await
            }
        }
    };
    lines + journal.len().await
}

#[steadfast::checked]
async fn handed_on(journal: &Journal) -> Result<usize, tokio::time::error::Elapsed> {
    let length = timeout(LIMIT, transfer("a")).await?;
    Ok(length + journal.len().await)
}

#[steadfast::checked]
async fn applied(order: &str) -> std::io::Result<usize> {
    use names::apply as other;
    let _ = steadfast::apply!(timeout(1s), shield; store("a")).await;
    let _ = steadfast::apply!(retry(on = any), timeout(attempt = 1s); other::store(order)).await;
    let length = steadfast::apply!(timeout(1s); store(order)).await?;
    Ok(length + peek(order).await)
}

#[steadfast::checked]
async fn shadowed(transfer: impl AsyncFn(u8) -> u8 + Send, mut news: Receiver<u8>) {
    loop {
        tokio::select! {
            done = transfer(1) => println!("{done}"),
            item = news.recv() => if item.is_none() { return },
        }
    }
}

#[steadfast::checked]
async fn allowed(mut news: Receiver<u8>) {
    loop {
        #[steadfast::allow(cancel_unsafe_call, reason = "the order comes again")]
        tokio::select! {
            done = transfer("a") => println!("{done}"),
            item = news.recv() => if item.is_none() { return },
        }
    }
}

fn main() {}
