use tokio::task::block_in_place;

#[tokio::test]
async fn plain_test() {
    block_in_place(|| 42); //~ block_in_place_current_thread
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::task::block_in_place(|| 42); //~ block_in_place_current_thread
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_several_threads() {
    block_in_place(|| 42);
}

mod app {
    #[tokio::main]
    async fn main() {
        tokio::task::block_in_place(|| 42);
    }
}

async fn somewhere() {
    block_in_place(|| 42);
}

#[test]
fn synchronous() {
    block_in_place(|| 42);
}
