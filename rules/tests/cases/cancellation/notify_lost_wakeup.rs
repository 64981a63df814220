use std::sync::Arc;
use tokio::sync::Notify;

async fn waits(state: &State, changed: Arc<Notify>) {
    while !state.is_ready() {
        changed.notified().await; //~ notify_lost_wakeup
    }
}

async fn of_unknown_type(state: &State) {
    while state.count() > 0 {
        state.changed.notified().await; //? notify_lost_wakeup
    }
}

async fn enabled_first(state: &State, changed: Arc<Notify>) {
    loop {
        let mut notified = std::pin::pin!(changed.notified());
        notified.as_mut().enable();
        if state.is_ready() {
            return;
        }
        notified.await;
    }
}

async fn each_time(state: &State, changed: Arc<Notify>) {
    loop {
        changed.notified().await;
        state.reload().await;
    }
}

async fn something_else(state: &State, clock: &mut Clock) {
    while !state.is_ready() {
        clock.tick().await;
    }
}
