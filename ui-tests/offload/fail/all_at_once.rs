use steadfast::offload;

struct Store;

impl Store {
    #[offload(pol = "cpu", limit = 0)]
    #[steadfast::blocking]
    fn load(&self, name: &str) -> usize {
        name.len()
    }
}

#[tokio::main]
async fn main() {
    // It is still there for its callers.
    let _: usize = Store.load("name").await;
}
