mod inner {
    pub use steadfast as renamed;
}

#[inner::renamed::stream(crate = "crate::inner::renamed")]
async fn numbers() -> Result<u8, std::io::Error> {
    yield_!(Ok(1));
}

fn main() {
    drop(numbers());
}
