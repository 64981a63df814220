use futures::StreamExt;
use std::time::Duration;

async fn spawned() {
    tokio::spawn(async { work(1) }).await.unwrap(); //~ nested_future_unawaited
}

async fn after_statements() {
    tokio::spawn(async move {
        println!("start");
        work(1) //~ nested_future_unawaited
    })
    .await
    .unwrap();
}

async fn block_in_a_block() {
    let task = tokio::spawn(async { async { work(1).await } }); //~ nested_future_unawaited
    task.await.unwrap();
}

async fn unknown(store: Store) {
    let task = tokio::spawn(async move { store.flush() });
}

async fn bounded() {
    let _ = tokio::time::timeout(Duration::from_secs(1), async { work(1) }).await; //~ nested_future_unawaited timeout_without_await
}

async fn each(items: impl Stream<Item = u32>) {
    items.for_each(|item| async move { work(item) }).await; //~ nested_future_unawaited
}

async fn awaited() {
    tokio::spawn(async { work(1).await });
}

async fn with_a_semicolon() {
    tokio::spawn(async {
        println!("start");
    });
}

async fn a_value(count: u32) {
    let task = tokio::spawn(async move { count + 1 });
    task.await.unwrap();
}

async fn awaited_twice() {
    tokio::spawn(async { work(1) }).await.unwrap().await;
}

async fn a_result() {
    tokio::spawn(async { Ok::<(), ()>(()) }).await.unwrap().unwrap();
}

async fn started_in_the_task() {
    let task = tokio::spawn(async { tokio::spawn(work(1)) });
}

async fn directly() {
    tokio::spawn(work(1));
}

async fn not_given_to_anything() {
    let later = async { work(1) };
    later.await.await;
}

async fn not_the_tail() {
    tokio::spawn(async {
        let later = work(1);
        later.await;
        1
    })
    .await
    .unwrap();
}

async fn work(_: u32) {}

async fn handed_out_on_purpose(handle: &tokio::runtime::Handle) {
    let sleep = keep(
        #[allow(clippy::async_yields_async)]
        handle.spawn(async { tokio::time::sleep(Duration::from_secs(5)) }),
    );
}

#[allow(clippy::async_yields_async)]
fn handed_out_by_a_function() {
    tokio::spawn(async { work(1) });
}
