//! MJ004: a handle that is dropped by hand detaches its task.
use steadfast::must_join;

#[must_join]
async fn dropped() {
    let flusher = tokio::spawn(async {});
    drop(flusher);
}

#[must_join]
async fn forgotten() {
    std::mem::forget(tokio::spawn(async {}));
}

fn main() {
    let _ = (dropped(), forgotten());
}
