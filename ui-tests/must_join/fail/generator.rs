//! MJ012: a generator that suspends cannot own running tasks.
use steadfast::must_join;

macro_rules! yield_ {
    ($value:expr) => {
        let _ = $value;
    };
}

#[must_join]
async fn numbers() {
    tokio::spawn(async {});
    yield_!(1);
}

fn main() {
    let _ = numbers();
}
