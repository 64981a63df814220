use std::time::Duration;
use tokio::time::{self, Instant, interval, interval_at};

async fn in_a_loop() {
    loop {
        interval(Duration::from_secs(1)).tick().await; //~ interval_recreated
        poll_once().await;
    }
}

async fn as_a_sleep() {
    tokio::time::interval(Duration::from_secs(1)).tick().await; //~ interval_recreated
}

async fn in_a_select(mut jobs: Receiver<Job>) {
    loop {
        tokio::select! {
            _ = time::interval(PERIOD).tick() => flush(), //~ interval_recreated
            job = jobs.recv() => run(job),
        }
    }
}

async fn made_once() {
    let mut period = interval(Duration::from_secs(1));
    loop {
        period.tick().await;
        poll_once().await;
    }
}

async fn with_a_start() {
    interval_at(Instant::now() + PERIOD, PERIOD).tick().await;
}

async fn own_interval() {
    fn interval(_: Duration) -> Metronome { Metronome }
    interval(PERIOD).tick().await;
}

async fn a_field(mut clock: Clock) {
    clock.interval.tick().await;
    clock.interval(PERIOD).tick().await;
}
