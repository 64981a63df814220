//! A function that is marked with `#[cancel_unsafe]`, here or in another crate.

use std::sync::Arc;
use std::time::Duration;

use steadfast_tests_marked::orders::{self, Journal, transfer};
use tokio::sync::mpsc::Receiver;

const LIMIT: Duration = Duration::from_secs(1);

#[steadfast::checked]
async fn functions(mut news: Receiver<usize>) {
    loop {
        tokio::select! {
            done = transfer("a") => println!("{done}"),
            done = orders::settle("b") => println!("{done}"),
            done = (steadfast_tests_marked::orders::post::<&str>("c")) => println!("{done}"),
            done = orders::r#move("d".to_owned()) => println!("{done}"),
            item = news.recv() => println!("{item:?}"),
        }
    }
}

mod below {
    pub use steadfast_tests_marked::orders::post;

    #[steadfast::checked]
    pub async fn up(mut ticks: tokio::time::Interval) {
        use steadfast_tests_marked::orders::transfer as pass_on;
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = super::own() => {}
                _ = pass_on("a") => {}
            }
        }
    }
}

#[steadfast::cancel_unsafe]
async fn own() {}

#[steadfast::checked]
async fn re_exported(mut ticks: tokio::time::Interval) {
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = below::post("a") => {}
            () = own() => {}
        }
    }
}

struct State {
    journal: Journal,
    shared: Arc<Journal>,
}

#[steadfast::checked]
async fn methods(state: &mut State, mut journal: Journal, mut news: Receiver<String>) {
    loop {
        tokio::select! {
            lines = state.journal.append("a") => println!("{lines}"),
            lines = state.shared.sync() => println!("{lines}"),
            lines = journal.append("b") => println!("{lines}"),
            item = news.recv() => println!("{item:?}"),
        }
    }
}

#[steadfast::checked]
async fn timeouts(journal: &mut Journal, orders: Vec<String>) -> usize {
    for order in &orders {
        let _ = tokio::time::timeout(LIMIT, transfer(order)).await;
    }
    match tokio::time::timeout(LIMIT, journal.append("end")).await {
        Ok(lines) => println!("{lines}"),
        Err(_) => println!("slow"),
    }
    journal.len().await
}

#[steadfast::checked]
async fn applied(order: &str) -> std::io::Result<usize> {
    steadfast::apply!(timeout(1s); orders::store(order)).await.ok();
    steadfast::apply!(retry(on = any), timeout(attempt = 1s); orders::store(order)).await
}

#[steadfast::checked]
impl State {
    #[steadfast::cancel_unsafe(inherent)]
    async fn save(&mut self) {
        self.journal.append("saved").await;
    }

    async fn run(&mut self, mut ticks: tokio::time::Interval) {
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = self.save() => {}
            }
        }
    }
}

#[steadfast::checked(warn(cancel_unsafe_call))]
async fn warned(journal: &mut Journal, mut ticks: tokio::time::Interval) {
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = transfer("a") => {}
            _ = journal.append("a") => {}
        }
    }
}

fn main() {
}
