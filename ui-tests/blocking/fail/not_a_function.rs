use steadfast::blocking;

#[blocking]
struct Store;

#[blocking]
impl Store {}

fn main() {}
