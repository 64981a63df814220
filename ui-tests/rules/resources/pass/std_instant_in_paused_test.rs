#![deny(warnings)]
//! The clock of the test itself, and the other one where no clock is paused.

#[steadfast::checked]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    #[cfg_attr(test, tokio::test(start_paused = true))]
    pub async fn one_clock() {
        let start = Instant::now();
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert!(start.elapsed() >= Duration::from_secs(5));
    }

    #[cfg_attr(test, tokio::test)]
    pub async fn not_paused() {
        let start = std::time::Instant::now();
        tokio::task::yield_now().await;
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}

fn main() {
    let _ = (tests::one_clock, tests::not_paused);
}
