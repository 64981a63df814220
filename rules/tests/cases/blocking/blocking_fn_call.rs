#[steadfast::blocking]
fn index() {}

struct Store;

impl Store {
    #[steadfast::blocking]
    fn flush(&self) {}

    async fn close(&self) {
        self.flush(); //~ blocking_fn_call
    }

    async fn offloaded(self) {
        tokio::task::spawn_blocking(move || self.flush()).await.unwrap();
    }
}

async fn serve() {
    index(); //~ blocking_fn_call
}

async fn offloaded() {
    tokio::task::spawn_blocking(index).await.unwrap();
}

async fn shadowed(index: fn()) {
    index();
}

fn synchronous() {
    index();
}
