use steadfast::stream;

#[stream]
async fn numbers() -> u8 {
    yield 1;
}

fn main() {
    drop(numbers());
}
