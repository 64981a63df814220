use std::thread;

fn main() {
    tokio::spawn(async {}); //~ spawn_without_runtime
}

fn on_a_thread() {
    thread::spawn(move || {
        println!("begin");
        tokio::spawn(async {}); //~ spawn_without_runtime
    });
}

fn with_a_handle(runtime: tokio::runtime::Handle) {
    thread::spawn(move || {
        runtime.spawn(async {});
    });
}

fn blocks_on(runtime: tokio::runtime::Handle) {
    thread::spawn(move || {
        runtime.block_on(async {
            tokio::spawn(async {}).await.unwrap();
        });
    });
}

fn enters(runtime: tokio::runtime::Handle) {
    thread::spawn(move || {
        let _entered = runtime.enter();
        tokio::spawn(async {});
    });
}

fn called_from_a_runtime() {
    tokio::spawn(async {});
}

mod with_attribute {
    #[tokio::main]
    async fn main() {
        tokio::spawn(async {});
    }
}

mod by_hand {
    fn main() {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            tokio::spawn(async {});
        });
    }
}
