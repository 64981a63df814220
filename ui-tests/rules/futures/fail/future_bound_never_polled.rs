//! A variable holds a future that is never awaited.

#[steadfast::checked(deny(future_bound_never_polled))]
async fn block() {
    let _later = async { save().await };
}

#[steadfast::checked(deny(future_bound_never_polled))]
async fn asked() {
    let _saved = save();
}

#[steadfast::checked]
async fn warned() {
    let _saved = save();
}

async fn save() {}

fn main() {}
