//! A `move` block takes `&mut self` with it, and there is no second one for the next attempt.

use std::io;

use steadfast::retry;

struct Ledger {
    lines: Vec<String>,
}

impl Ledger {
    #[retry(on = any)]
    async fn append(&mut self, line: &str) -> io::Result<usize> {
        let written = async move {
            self.lines.push(line.to_owned());
            self.flush().await
        };
        written.await
    }

    async fn flush(&mut self) -> io::Result<usize> {
        tokio::task::yield_now().await;
        Ok(self.lines.len())
    }
}

fn main() {
    let mut ledger = Ledger { lines: Vec::new() };
    drop(ledger.append("opened"));
}
