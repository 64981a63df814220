mod inner {
    pub use steadfast as renamed;
}

#[inner::renamed::offload(crate = "crate::inner::renamed")]
fn load() -> u8 {
    1
}

#[inner::renamed::blocking(crate = "crate::inner::renamed")]
fn read() -> u8 {
    2
}

#[tokio::main]
async fn main() {
    assert_eq!((load().await, read()), (1, 2));
}
