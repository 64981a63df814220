async fn collected(users: Vec<u32>) {
    let _sent: Vec<_> = users.into_iter().map(|user| send(user)).collect(); //~ iter_of_futures_dropped
}

async fn statement(users: Vec<u32>) {
    users.iter().map(|user| async move { send(*user).await }); //~ iter_of_futures_dropped
}

async fn async_closure(users: Vec<u32>) {
    let _ = users.iter().map(async |user| send(*user).await); //~ iter_of_futures_dropped
}

async fn joined(users: Vec<u32>) {
    let sent: Vec<_> = users.into_iter().map(|user| send(user)).collect();
    futures::future::join_all(sent).await;
}

async fn joined_directly(users: Vec<u32>) {
    let _sent = futures::future::join_all(users.into_iter().map(send)).await;
}

async fn values(users: Vec<u32>) {
    let _doubled: Vec<_> = users.into_iter().map(|user| user * 2).collect();
}

async fn looped(users: Vec<u32>) {
    for sent in users.into_iter().map(|user| send(user)) {
        sent.await;
    }
}

async fn parameter_of_the_same_name(users: Vec<fn(u32) -> u32>) {
    let _sent: Vec<_> = users.into_iter().map(|send| send(1)).collect();
}

async fn returned(users: Vec<u32>) -> Vec<impl Future> {
    users.into_iter().map(|user| send(user)).collect()
}

async fn send(_: u32) {}
