use tokio::sync::oneshot;
use tokio::task::JoinHandle;

async fn work() {}

async fn a_variable(stop: oneshot::Receiver<()>) {
    let task = tokio::spawn(work());
    tokio::select! {
        result = task => result.unwrap(), //~ select_drops_join_handle
        _ = stop => {}
    }
}

async fn in_place() {
    tokio::select! {
        _ = tokio::spawn(work()) => {} //~ select_drops_join_handle
        _ = tokio::signal::ctrl_c() => {}
    }
}

async fn parameters(reader: JoinHandle<()>, writer: JoinHandle<()>) {
    tokio::select! {
        _ = reader => {} //? select_drops_join_handle
        _ = writer => {} //? select_drops_join_handle
    }
}

async fn by_reference(mut reader: JoinHandle<()>, mut writer: JoinHandle<()>) {
    tokio::select! {
        _ = &mut reader => writer.abort(),
        _ = &mut writer => reader.abort(),
    }
}

async fn aborts(stop: oneshot::Receiver<()>) {
    let task = tokio::spawn(work());
    let abort = task.abort_handle();
    tokio::select! {
        _ = task => {}
        _ = stop => abort.abort(),
    }
}

async fn futures(token: tokio_util::sync::CancellationToken) {
    tokio::select! {
        _ = work() => {}
        _ = token.cancelled() => {}
    }
}

async fn joined() {
    let task = tokio::spawn(work());
    let (result, ()) = tokio::join!(task, work());
    result.unwrap();
}

async fn a_set(mut set: tokio::task::JoinSet<()>) {
    tokio::select! {
        Some(result) = set.join_next() => result.unwrap(),
        _ = work() => {}
        else => {}
    }
}

fn in_a_task(reader: Task, stop: Stop) {
    let writer = start();
    tokio::spawn(async move {
        tokio::select! {
            _ = reader => {} //? select_drops_join_handle
            _ = writer => {} //? select_drops_join_handle
            _ = stop.requested() => {}
        }
    });
}
