//! What `#[main]` cannot run. All mistakes at once.
#[steadfast::main(flavour = "multi_thread", threads = 4, grace = 10, signals = never)]
async fn main() {}

mod plain {
    #[steadfast::main]
    fn main() {}
}

mod arguments {
    #[steadfast::main(flavor = "current_thread", worker_threads = 2)]
    async fn main(name: String) {}
}

mod generic {
    #[steadfast::main(worker_threads = 0, start_paused = true, 4)]
    async fn main<T>() {}
}

mod item {
    #[steadfast::main]
    struct Main;
}

mod debug {
    #[steadfast::main(debug = 1, debug)]
    async fn main() {}

    #[steadfast::main(debug("all"), debugging = true)]
    async fn second() {}
}
