use tokio::net::TcpStream;
use tokio::time::{self, timeout};

async fn is_up(address: &str) -> bool {
    timeout(LIMIT, TcpStream::connect(address)).await.is_ok() //~ timeout_inner_error_swallowed
}

async fn in_a_condition(address: &str) {
    if let Ok(_) = time::timeout(LIMIT, TcpStream::connect(address)).await { //~ timeout_inner_error_swallowed
        mark_up(address);
    }
}

async fn only_too_late(mut stream: TcpStream, message: &[u8]) {
    if let Err(_) = timeout(LIMIT, stream.write_all(message)).await { //~ timeout_inner_error_swallowed
        log::warn!("too slow");
    }
}

async fn in_a_match(client: &Client) {
    match timeout(LIMIT, client.ping()).await { //? timeout_inner_error_swallowed
        Ok(_) => mark_up(client),
        Err(_) => mark_down(client),
    }
}

async fn of_unknown_type(client: &Client) {
    if timeout(LIMIT, client.flush()).await.is_err() { //? timeout_inner_error_swallowed
        log::warn!("too slow");
    }
    let Ok(_) = timeout(LIMIT, register(client)).await else { return }; //? timeout_inner_error_swallowed
}

async fn both_are_looked_at(address: &str) -> bool {
    matches!(timeout(LIMIT, TcpStream::connect(address)).await, Ok(Ok(_)))
}

async fn handed_on(address: &str) -> Result<TcpStream, Error> {
    Ok(timeout(LIMIT, TcpStream::connect(address)).await??)
}

async fn in_three_arms(address: &str) {
    match timeout(LIMIT, TcpStream::connect(address)).await {
        Ok(Err(error)) => log::warn!("{error}"),
        Ok(_) => mark_up(address),
        Err(_) => mark_down(address),
    }
}

async fn the_value_is_used(address: &str) {
    if let Ok(result) = timeout(LIMIT, TcpStream::connect(address)).await {
        keep(result);
    }
    match timeout(LIMIT, TcpStream::connect(address)).await {
        Ok(connected) => keep(connected),
        Err(_) => mark_down(address),
    }
}

async fn a_task_that_should_end(task: Task) {
    if timeout(LIMIT, task).await.is_err() { //? timeout_detaches_task
        log::warn!("did not end in time");
    }
}

async fn a_notification(mut changes: tokio::sync::watch::Receiver<u8>) -> bool {
    timeout(LIMIT, changes.changed()).await.is_ok()
}

async fn an_error_with_a_way_on(address: &str) {
    if let Err(late) = timeout(LIMIT, TcpStream::connect(address)).await {
        report(late);
    } else {
        next();
    }
}

fn in_a_task(client: Client, task: Task) {
    tokio::spawn(async move {
        if timeout(LIMIT, client.flush()).await.is_err() { //? timeout_inner_error_swallowed
            log::warn!("did not end in time");
        }
        let Ok(_) = timeout(LIMIT, client.send(Some(1))).await else { return }; //? timeout_inner_error_swallowed
        // Its output may be told behind the block.
        timeout(LIMIT, client.flush()).await.unwrap_or_default()
    });
}
