//! Two clocks in one test.

#[steadfast::checked(deny(std_instant_in_paused_test))]
mod certain {
    use std::time::{Duration, Instant};

    #[cfg_attr(test, tokio::test(start_paused = true))]
    pub(crate) async fn waits() {
        let start = Instant::now();
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert!(start.elapsed() >= Duration::from_secs(5));
    }
}

#[steadfast::checked]
mod lowered {
    #[cfg_attr(test, tokio::test(start_paused = true))]
    pub(crate) async fn waits() {
        let start = std::time::Instant::now();
        tokio::task::yield_now().await;
        assert!(start.elapsed().as_secs() < 5);
    }
}

fn main() {}
