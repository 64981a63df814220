use steadfast::offload;

#[offload]
struct Store;

#[offload]
impl Store {}

fn main() {
    #[offload]
    let _ = 1;
}
