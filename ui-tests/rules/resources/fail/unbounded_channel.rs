//! A channel without a bound. The rule is off unless somebody asks for it.

#[steadfast::checked(deny(unbounded_channel))]
async fn unbounded() {
    drop(tokio::sync::mpsc::unbounded_channel::<u8>());
}

#[steadfast::checked]
async fn off() {
    drop(tokio::sync::mpsc::unbounded_channel::<u8>());
}

fn main() {}
