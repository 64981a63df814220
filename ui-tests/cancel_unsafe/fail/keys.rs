use steadfast::cancel_unsafe;

#[cancel_unsafe(inherant)]
async fn misspelt() {}

#[cancel_unsafe(local = true)]
async fn with_value() {}

#[cancel_unsafe("takes an order")]
async fn values() {}

fn main() {
    drop((misspelt(), with_value(), values()));
}
