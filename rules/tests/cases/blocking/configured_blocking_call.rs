use legacy::store;
use legacy::index as make_index;

async fn serve() {
    legacy::index(); //~ configured_blocking_call
    make_index(); //~ configured_blocking_call
    store::get("key"); //~ configured_blocking_call
}

async fn method(client: &redis::Client) {
    client.get_secret(); //~ configured_blocking_call
}

async fn returned_by_a_call() {
    store_of(5).get("key");
}

async fn awaited() {
    legacy::index().await;
}

async fn offloaded() {
    tokio::task::spawn_blocking(make_index).await.unwrap();
    tokio::task::spawn_blocking(|| legacy::index()).await.unwrap();
}

async fn other() {
    modern::index();
}

fn synchronous() {
    legacy::index();
}
